import assert from "node:assert/strict";
import { fromBigInt } from "../../../engine/address/index.js";
import { iommufd } from "../../../engine/simulator/index.js";
import { PlatformBuilder } from "../platform.js";
import { Context } from "./context.js";

/** What IOMMU_IOAS_MAP answers in an IOAS that nothing is attached to: what lies below is not looked at then. */
function answer(iova: bigint, virtual: bigint, length: bigint): string | undefined {
  const builder = new PlatformBuilder({ uapi: "iommufd" });
  builder.iommu();
  builder.owner("vm0");
  const vm = new Context(builder.build());
  const ioas = iommufd.get(vm.machine, vm.ioas(), "ioas");
  const [start, from, bytes] = [iova, virtual, length].map((value) => fromBigInt(value)!);
  return iommufd.mapUser(vm.call(), ioas, 7, start!, from!, bytes!)?.errno;
}

describe("a mapping near 2^64", () => {
  const PAGE = 0x1000n;
  const END = 2n ** 64n;

  for (const [length, expected] of [
    [0n, "EINVAL"],
    [END - 2n * PAGE, undefined],
    [END - PAGE - 1n, undefined],
    [END - PAGE, "EINVAL"],
    [END - 2n, "EINVAL"],
  ] as const) {
    it(`of 0x${length.toString(16)} bytes from address 0 gives ${expected ?? "no error"}`, () => {
      assert.equal(answer(0n, 0n, length), expected);
    });
  }

  it("overflows by its virtual address before its length is looked at", () => {
    assert.equal(answer(0n, PAGE, END - PAGE), "EOVERFLOW");
    assert.equal(answer(0n, END - PAGE, PAGE), "EOVERFLOW");
    assert.equal(answer(0n, END - PAGE, PAGE - 1n), undefined);
  });

  it("overflows by its IOVA", () => {
    assert.equal(answer(END - PAGE, 0n, PAGE), undefined, "the last page of all");
    assert.equal(answer(END - PAGE, 0n, 2n * PAGE), "EOVERFLOW");
  });
});

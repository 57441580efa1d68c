import assert from "node:assert/strict";
import fc from "fast-check";
import { fromBigInt, toBigInt } from "../../../engine/address/index.js";
import { type NumberLiteral, type PciAddress, parse } from "../../../engine/language/syntax/index.js";

function numberOf(text: string): NumberLiteral["value"] {
  const [file] = parse(`guest g { set-pasid p ${text} }`).items;
  assert.ok(file?.kind === "guest");
  const [step] = file.items;
  assert.ok(step?.kind === "set-pasid" && step.value?.kind === "number");
  return step.value.value;
}

describe("the value of a number", () => {
  it("is exact for every 64-bit number, hexadecimal and decimal, with separators anywhere", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.nat(15), (number, at) => {
        for (const [prefix, digits] of [
          ["0x", number.toString(16)] as const,
          ["", number.toString()] as const,
        ]) {
          const separated = `${prefix}${digits.slice(0, at + 1)}_${digits.slice(at + 1)}`;
          assert.deepEqual(numberOf(prefix + digits), fromBigInt(number));
          assert.deepEqual(numberOf(separated), fromBigInt(number));
        }
      }),
    );
  });

  it("is multiplied by its size letter", () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.nat(4), (number, letter) => {
        const product = BigInt(number) * 1024n ** BigInt(letter + 1);
        assert.deepEqual(numberOf(`${number}${"KMGTP"[letter]}`), fromBigInt(product));
      }),
    );
  });

  it("ends at 2^64 - 1", () => {
    assert.equal(toBigInt(numberOf("0xffff_ffff_ffff_ffff")!), (1n << 64n) - 1n);
    assert.equal(toBigInt(numberOf("16383P")!), 16383n << 50n);
    assert.equal(numberOf("0x1_0000_0000_0000_0000"), undefined);
    assert.equal(numberOf("18446744073709551616"), undefined);
    assert.equal(numberOf("16384P"), undefined);
    assert.equal(numberOf("9".repeat(1000)), undefined);
    assert.deepEqual(numberOf(`0x${"0".repeat(1000)}7`), { page: 0, offset: 7 });
  });

  it("is missing where the number is malformed", () => {
    for (const text of ["4k", "0x", "0x_", "12ab", "4KiB", "0xFF"]) assert.equal(numberOf(text), undefined);
  });
});

describe("the value of a range", () => {
  const rangeOf = (text: string) => {
    const [owner] = parse(`guest g { unmap s ${text} }`).items;
    assert.ok(owner?.kind === "guest");
    const [step] = owner.items;
    assert.ok(step?.kind === "unmap");
    return step.range?.value;
  };

  it("has both ends in it", () => {
    const range = { start: { page: 1, offset: 0 }, last: { page: 1, offset: 4095 } };
    assert.deepEqual(rangeOf("0x1000 + 4K"), range);
    assert.deepEqual(rangeOf("0x1000..0x1fff"), range);
    assert.deepEqual(rangeOf("7..7"), { start: { page: 0, offset: 7 }, last: { page: 0, offset: 7 } });
  });

  it("can be the whole space", () => {
    const last = { page: 2 ** 52 - 1, offset: 4095 };
    assert.deepEqual(rangeOf("0..0xffff_ffff_ffff_ffff"), { start: { page: 0, offset: 0 }, last });
  });

  it("is missing where the range is none", () => {
    for (const text of ["0 + 0", "2..1", "0xffff_ffff_ffff_ffff + 2", "1 +", "1", "1 + 4k"]) {
      assert.equal(rangeOf(text), undefined);
    }
  });
});

describe("the requester id of a PCI address", () => {
  const ridOf = (text: string): PciAddress["rid"] => {
    const [device] = parse(`pdev d at ${text} { }`).items;
    assert.ok(device?.kind === "pdev");
    return device.address?.rid;
  };

  it("is segment, bus, device and function", () => {
    assert.equal(ridOf("6a:01.0"), 0x6a08);
    assert.equal(ridOf("0000:3B:1f.7"), 0x3bff);
    assert.equal(ridOf("0001:00:00.0"), 0x1_0000);
    assert.equal(ridOf("ffffffff:ff:1f.7"), 0xffff_ffff_ffff);
  });

  it("is missing where the address is malformed", () => {
    for (const text of ["3b:20.0", "3b:00.8", "3b:0.0"]) assert.equal(ridOf(text), undefined);
  });
});

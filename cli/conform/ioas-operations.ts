import {
  add,
  fromBigInt,
  lengthOf,
  MAX_ADDRESS,
  previous,
  type Range,
  toHex,
} from "../../engine/address/index.js";
import { iommufd } from "../../engine/simulator/index.js";
import type { Arguments } from "./arguments.js";
import { DONE, type Kernel, PROCESS, type Reply, replyOf } from "./kernel.js";

const ALL = 2n ** 64n - 1n;

/** Operations on an IOAS, and options; each is one ioctl with the fields that FORMAT gives it. */
export const IOAS_OPERATIONS: Readonly<
  Record<string, (kernel: Kernel, args: Arguments, variable: string | undefined) => Reply>
> = {
  ioas_alloc(kernel, args, variable) {
    if (args.u32(0) !== 0) return { errno: "EOPNOTSUPP" };
    const number = kernel.draw();
    iommufd.createIoas(kernel.call(), PROCESS, number, variable ?? "ioas");
    kernel.variables.define(variable, "object", number);
    return DONE;
  },

  map(kernel, args) {
    const call = kernel.call();
    const flags = args.mapFlags(1);
    const [iova, virtual, length] = [args.address(2), args.address(3), args.address(4)];
    const refusal = iommufd.checkMapArguments(call, "IOMMU_IOAS_MAP", flags, [iova, length]);
    if (refusal) return replyOf(refusal);
    const ioas = iommufd.find(call, PROCESS, args.u32(0), "ioas", "IOMMU_IOAS_MAP");
    if ("rule" in ioas) return replyOf(ioas);
    return replyOf(iommufd.mapUser(call, ioas, flags, iova, virtual, length), `iova=${toHex(iova)}`);
  },

  unmap(kernel, args) {
    const call = kernel.call();
    const ioas = iommufd.find(call, PROCESS, args.u32(0), "ioas", "IOMMU_IOAS_UNMAP");
    if ("rule" in ioas) return replyOf(ioas);
    const everything = args.u64(1) === 0n && args.u64(2) === ALL;
    const range = everything
      ? { start: fromBigInt(0n)!, last: MAX_ADDRESS }
      : iommufd.checkedUnmapRange(call, args.address(1), args.address(2));
    if ("rule" in range) return replyOf(range);
    const bytes = iommufd.unmap(call, ioas, range, everything);
    return "rule" in bytes ? replyOf(bytes) : { errno: "0", out: `length=${toHex(bytes)}` };
  },

  copy(kernel, args) {
    const call = kernel.call();
    const command = "IOMMU_IOAS_COPY";
    const flags = args.mapFlags(1);
    const [to, from, length] = [args.address(2), args.address(4), args.address(5)];
    const refusal = iommufd.checkMapArguments(call, command, flags, [length, from, to]);
    if (refusal) return replyOf(refusal);
    const source = iommufd.find(call, PROCESS, args.u32(3), "ioas", command);
    if ("rule" in source) return replyOf(source);
    const destination = () => iommufd.find(call, PROCESS, args.u32(0), "ioas", command);
    return replyOf(iommufd.copy(call, source, from, length, destination, flags, to), `iova=${toHex(to)}`);
  },

  ranges(kernel, args) {
    const ioas = iommufd.find(kernel.call(), PROCESS, args.u32(0), "ioas", "IOMMU_IOAS_IOVA_RANGES");
    if ("rule" in ioas) return replyOf(ioas);
    const { ranges, alignment } = iommufd.iovaRanges(ioas);
    const room = args.u32(1, 128);
    const shown = ranges.slice(0, room).map(({ start, last }) => ` [${toHex(start)}-${toHex(last)}]`);
    if (ranges.length > room) return { errno: "EMSGSIZE", out: `n=${ranges.length}${shown.join("")}` };
    return { errno: "0", out: `n=${ranges.length} align=0x${alignment.toString(16)}${shown.join("")}` };
  },

  allow(kernel, args) {
    const call = kernel.call();
    const ioas = iommufd.find(call, PROCESS, args.u32(0), "ioas", "IOMMU_IOAS_ALLOW_IOVAS");
    if ("rule" in ioas) return replyOf(ioas);
    const ranges: Range[] = [];
    for (let at = 1; at + 1 < args.count; at += 2) {
      ranges.push({ start: args.address(at), last: args.address(at + 1) });
    }
    return replyOf(iommufd.allowIovas(call, ioas, ranges));
  },

  option(kernel, args) {
    const answer = iommufd.option(kernel.call(), PROCESS, {
      option: args.u32(0),
      op: args.u32(1),
      object: args.u32(2),
      value: args.u64(3) === 0n ? 0 : args.u64(3) === 1n ? 1 : -1,
    });
    if (typeof answer === "number") return { errno: "0", out: `val=0x${answer.toString(16)}` };
    return replyOf(answer);
  },

  reserve(kernel, args) {
    const call = kernel.call();
    if (args.u64(2) === 0n) return { errno: "EINVAL" };
    const start = args.address(1);
    const last = add(start, previous(args.address(2)));
    if (!last) return { errno: "EOVERFLOW" };
    const ioas = iommufd.find(call, PROCESS, args.u32(0), "ioas", "IOMMU_TEST_OP_ADD_RESERVED");
    return replyOf("rule" in ioas ? ioas : iommufd.reserve(call, ioas, { start, last }));
  },

  destroy(kernel, args) {
    const number = args.u32(0);
    const idev = kernel.bound.get(number);
    const call = kernel.call();
    if (idev === undefined) return replyOf(iommufd.destroy(call, PROCESS, number));
    kernel.bound.delete(number);
    iommufd.unbindDevice(call, iommufd.get(kernel.machine, idev, "device"));
    iommufd.remove(kernel.machine, number);
    return DONE;
  },

  peek(kernel, args) {
    const bytes = kernel.memory.read(Number(args.u64(0)), 8);
    return { errno: "0", out: `0x${new DataView(bytes.buffer).getBigUint64(0, true).toString(16)}` };
  },

  poke(kernel, args) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, args.u64(1), true);
    kernel.memory.write(Number(args.u64(0)), bytes);
    return DONE;
  },

  check_map(kernel, args) {
    return checkMap(kernel, args);
  },
};

const STEP = 0x800n;

/** MD_CHECK_MAP: every 2 KiB from an IOVA on lead to the page of a virtual address. */
function checkMap(kernel: Kernel, args: Arguments): Reply {
  const [iova, length, virtual] = [args.u64(1), args.u64(2), args.u64(3)];
  const hwpt = iommufd.find(kernel.call(), PROCESS, args.u32(0), "hwpt-paging", "MD_CHECK_MAP");
  if ("rule" in hwpt) return replyOf(hwpt);
  if (iova % STEP !== 0n || length % STEP !== 0n || virtual % STEP !== 0n || virtual + length > ALL) {
    return { errno: "EINVAL" };
  }
  const { ranges } = kernel.machine.spaces.get(hwpt.number)!;
  for (let done = 0n; done < length; ) {
    const address = fromBigInt(BigInt.asUintN(64, iova + done))!;
    if (kernel.memory.room(Number(virtual + done)) === 0) return { errno: "EFAULT" };
    const area = ranges.find(address);
    const expected = fromBigInt(virtual + done)!;
    const skipped = area && subtractBig(address, area.start);
    const found = area && fromBigInt(toBig(area.target) + skipped!);
    if (!area || found?.page !== expected.page || found.offset !== expected.offset)
      return { errno: "EINVAL" };
    const left = toBig(lengthOf({ start: address, last: area.last }) ?? MAX_ADDRESS);
    done += left < STEP ? STEP : left - (left % STEP);
  }
  return DONE;
}

function toBig({ page, offset }: { page: number; offset: number }): bigint {
  return BigInt(page) * 4096n + BigInt(offset);
}

function subtractBig(a: { page: number; offset: number }, b: { page: number; offset: number }): bigint {
  return toBig(a) - toBig(b);
}

import { fromBigInt, previous, type Range, toBigInt, toHex } from "../../engine/address/index.js";
import { iommufd } from "../../engine/simulator/index.js";
import type { Arguments } from "./arguments.js";
import { DONE, type Kernel, PROCESS, type Reply, replyOf } from "./kernel.js";

/** The selftest refuses longer buffers before it looks at anything. */
const MAX_LENGTH = 16n * 1024n * 1024n;
const PAGE = 4096n;
const WRITE = 1;
const SLOW_PATH = 4;

/** Operations on accesses and on page requests, and close(2). */
export const ACCESS_OPERATIONS: Readonly<
  Record<string, (kernel: Kernel, args: Arguments, variable: string | undefined) => Reply>
> = {
  access(kernel, args, variable) {
    const flags = args.u32(1);
    if ((flags & ~1) !== 0) return { errno: "EOPNOTSUPP" };
    const call = kernel.call();
    const ioas = iommufd.find(call, PROCESS, args.u32(0), "ioas", "ACCESS");
    if ("rule" in ioas) return replyOf(ioas);
    const number = kernel.draw();
    const name = variable ?? "access";
    const request = { owner: PROCESS, number, name, pins: (flags & 1) !== 0 };
    const refusal = iommufd.createAccess(call, request, ioas);
    if (!refusal) kernel.variables.define(variable, "descriptor", number);
    return replyOf(refusal);
  },

  access_replace(kernel, args) {
    const access = accessOf(kernel, args);
    if (!access) return { errno: "EBADFD" };
    const call = kernel.call();
    const ioas = iommufd.find(call, PROCESS, args.u32(1), "ioas", "ACCESS_REPLACE_IOAS");
    return replyOf("rule" in ioas ? ioas : iommufd.replaceAccess(call, access, ioas));
  },

  rw(kernel, args) {
    const length = args.u64(4);
    if (length > MAX_LENGTH) return { errno: "ENOMEM" };
    const flags = args.u32(1);
    if ((flags & ~(WRITE | SLOW_PATH)) !== 0) return { errno: "EOPNOTSUPP" };
    const access = accessOf(kernel, args);
    if (!access) return { errno: "EBADFD" };
    return readWrite(kernel, args, access, Number(length), flags);
  },

  pin(kernel, args, variable) {
    const length = args.u64(4);
    if (length > MAX_LENGTH) return { errno: "ENOMEM" };
    const flags = args.u32(1);
    if ((flags & ~WRITE) !== 0) return { errno: "EOPNOTSUPP" };
    const access = accessOf(kernel, args);
    if (!access) return { errno: "EBADFD" };
    if (!access.pins) return { errno: "EOPNOTSUPP" };
    const [iova, uptr] = [args.u64(2), args.u64(3)];
    const call = kernel.call();
    const { pieces, refusal } = iommufd.pin(call, access, args.address(2), args.address(4), flags === WRITE);
    if (refusal) return replyOf(refusal);
    const errno = uptr === 0n ? undefined : comparePages(kernel, uptr - (iova % PAGE), pieces);
    if (errno) return { errno };
    const range = { start: args.address(2), last: previous(fromBigInt(iova + length)!) };
    const item = iommufd.keepPin(call, access, range);
    kernel.variables.define(variable, "item", item);
    return { errno: "0", out: `item=${item}` };
  },

  unpin(kernel, args) {
    const access = accessOf(kernel, args);
    if (!access) return { errno: "EBADFD" };
    return { errno: iommufd.unpin(kernel.call(), access, args.u32(1)) ? "0" : "ENOENT" };
  },

  fault_alloc(kernel, args, variable) {
    if (args.u32(0) !== 0) return { errno: "EOPNOTSUPP" };
    const number = kernel.draw();
    iommufd.createQueue(kernel.call(), PROCESS, number, variable ?? "queue");
    kernel.variables.define(variable, "object", number);
    kernel.variables.define(variable && `${variable}.fd`, "descriptor", number);
    return DONE;
  },

  fault_read(kernel, args, variable) {
    const queue = queueOf(kernel, args);
    if (!queue) return { errno: "EBADF" };
    const read = iommufd.readQueue(kernel.call(), queue, args.u32(1, 40));
    if ("rule" in read) return replyOf(read);
    const [first] = read;
    if (!first) return { errno: "0", out: "n=0" };
    kernel.variables.dropCookie(queue.number, first.cookie);
    kernel.variables.define(variable, "cookie", first.cookie, queue.number);
    return { errno: "0", out: describe(kernel, first.fault) };
  },

  fault_reply(kernel, args) {
    const queue = queueOf(kernel, args);
    if (!queue) return { errno: "EBADF" };
    const size = args.u32(3, 8);
    const cookie = args.u32(1);
    const refusal = iommufd.replyTo(kernel.call(), queue, cookie, args.u32(2), size);
    if (refusal && "rule" in refusal) return replyOf(refusal);
    if (refusal) kernel.variables.dropName(args.variable(1));
    return { errno: "0", out: `n=${size}` };
  },

  iopf(kernel, args) {
    const call = kernel.call();
    const device = iommufd.find(call, PROCESS, args.u32(0), "device", "TRIGGER_IOPF");
    if ("rule" in device) return replyOf(device);
    const pasid = args.u32(1);
    iommufd.report(call, device, {
      pasid: pasid === 0 ? undefined : pasid,
      group: args.u32(2),
      permission: args.u32(3),
      address: args.address(4),
    });
    return DONE;
  },

  closefd(kernel, args) {
    const number = kernel.variables.descriptor(args.variable(0));
    const object = number === undefined ? undefined : iommufd.findAny(kernel.machine, PROCESS, number);
    if (object?.type === "access") iommufd.destroyAccess(kernel.call(), object);
    else if (object?.type === "fault-queue" && object.open) iommufd.closeQueue(kernel.call(), object);
    else return { errno: "EBADF" };
    kernel.variables.dropDescriptor(object.number);
    kernel.variables.dropCookies(object.number);
    return DONE;
  },
};

function accessOf(kernel: Kernel, args: Arguments): iommufd.Access | undefined {
  const number = kernel.variables.descriptor(args.variable(0));
  const object = number === undefined ? undefined : iommufd.findAny(kernel.machine, PROCESS, number);
  return object?.type === "access" ? object : undefined;
}

function queueOf(kernel: Kernel, args: Arguments): iommufd.FaultQueue | undefined {
  const number = kernel.variables.descriptor(args.variable(0));
  const object = number === undefined ? undefined : iommufd.findAny(kernel.machine, PROCESS, number);
  return object?.type === "fault-queue" && object.open ? object : undefined;
}

function describe(kernel: Kernel, fault: iommufd.PageFault): string {
  const flags = fault.pasid === undefined ? 2 : 3;
  const device = kernel.variables.nameOf(fault.device);
  const where = `pasid=${fault.pasid ?? 0} grpid=${fault.group} perm=${fault.permission}`;
  return `n=40 flags=${flags} dev=${device} ${where} addr=${toHex(fault.address)} length=0`;
}

/** The kernel copies through a buffer of its own, so a read is written only once it is complete. */
function readWrite(
  kernel: Kernel,
  args: Arguments,
  access: iommufd.Access,
  length: number,
  flags: number,
): Reply {
  const { memory } = kernel;
  const write = (flags & WRITE) !== 0;
  const user = Number(args.u64(3));
  if (write && memory.room(user) < length) return { errno: "EFAULT" };
  const bytes = write ? memory.read(user, length) : new Uint8Array(length);
  const call = kernel.call();
  const result = iommufd.readWrite(call, access, args.address(2), args.address(4), write);
  const { pieces, refusal, broken } = result;
  let at = 0;
  for (const { start, last } of pieces) {
    const from = Number(toBigInt(start));
    const size = Number(toBigInt(last)) - from + 1;
    if (write) memory.write(from, bytes.subarray(at, at + size));
    else bytes.set(memory.read(from, size), at);
    at += size;
  }
  // A plain copy writes up to where memory ends; the slow path pins all of it first, and one page alone.
  if (write && broken && (flags & SLOW_PATH) === 0 && broken.start.page !== broken.last.page) {
    const from = Number(toBigInt(broken.start));
    memory.write(from, bytes.subarray(at, at + memory.room(from)));
  }
  if (refusal || write) return replyOf(refusal);
  const room = memory.room(user);
  memory.write(user, bytes.subarray(0, room));
  return { errno: room < length ? "EFAULT" : "0" };
}

/** Whether pinned pages are those of a virtual address, page by page. */
function comparePages(
  kernel: Kernel,
  user: bigint,
  pieces: readonly Range[],
): "EFAULT" | "EBADE" | undefined {
  let at = user;
  for (const { start, last } of pieces) {
    for (let { page } = start; page <= last.page; page++) {
      if (kernel.memory.room(Number(at)) === 0) return "EFAULT";
      if (page !== Number(at / PAGE)) return "EBADE";
      at += PAGE;
    }
  }
  return undefined;
}

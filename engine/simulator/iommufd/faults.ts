import type { Address } from "../../address/index.js";
import type { Call } from "../call.js";
import type { Refusal } from "../refusal.js";
import { groupOf } from "./attach-rules.js";
import { driverOf } from "./drivers/index.js";
import type { BoundDevice, FaultQueue, GroupAttachment, Hwpt, PageFault } from "./objects.js";
import { attachedAt, get, put } from "./table.js";

/** Bytes of `struct iommu_hwpt_pgfault` and of `struct iommu_hwpt_page_response`. */
export const PGFAULT_SIZE = 40;
export const RESPONSE_SIZE = 8;

/** A page request as the device sends it, the last of its group. */
export interface PageRequestMessage {
  readonly pasid: number | undefined;
  readonly group: number;
  readonly permission: number;
  readonly address: Address;
}

/** Makes a queue; its file is open until it is closed and keeps it until then. */
export function createQueue(call: Call, owner: number, number: number, name: string): void {
  put(call.machine, {
    type: "fault-queue",
    number,
    name,
    owner,
    users: 1,
    origin: call.origin,
    open: true,
    deliver: [],
    responses: [],
    givesZero: false,
  });
}

/** Closes the file of a queue. */
export function closeQueue(call: Call, queue: FaultQueue): void {
  put(call.machine, { ...queue, open: false, users: queue.users - 1 });
}

/**
 * Brings a page request to the queue of the table that it met (`iommu_report_device_fault`). One for a PASID
 * that nothing is attached to goes to the nested table of the RID where the guest may own the PASID table.
 * @returns the queue, or `undefined` when nobody handles it, so that the device gets a failure
 */
export function report(call: Call, device: BoundDevice, request: PageRequestMessage): number | undefined {
  const { machine } = call;
  const attachment = handlerOf(call, device, request.pasid);
  const hwpt = attachment && (machine.iommufd.objects.get(attachment.hwpt) as Hwpt);
  if (!attachment || hwpt?.fault === undefined) return undefined;
  const queue = get(machine, hwpt.fault, "fault-queue");
  const fault: PageFault = { ...request, device: attachment.first, handle: attachment.handle };
  put(machine, { ...queue, deliver: [...queue.deliver, fault] });
  return queue.number;
}

function handlerOf(call: Call, device: BoundDevice, pasid: number | undefined): GroupAttachment | undefined {
  const { machine } = call;
  const group = groupOf(machine, device);
  if (pasid === undefined) return attachedAt(machine, group, 0);
  const found = attachedAt(machine, group, pasid);
  if (found || !driverOf(machine, device.device).userPasidTable) return found;
  const rid = attachedAt(machine, group, 0);
  return rid && machine.iommufd.objects.get(rid.hwpt)!.type === "hwpt-nested" ? rid : undefined;
}

/** The open queue that a page request of a device of the platform would go to, if there is one. */
export function queueFor(call: Call, device: number, pasid: number | undefined): number | undefined {
  const { machine } = call;
  const bound = machine.iommufd.bound.get(device);
  if (bound === undefined) return undefined;
  const attachment = handlerOf(call, get(machine, bound, "device"), pasid);
  return attachment && (machine.iommufd.objects.get(attachment.hwpt) as Hwpt).fault;
}

/** A page request that was read from a queue, and the cookie that answers it. */
export interface Delivered {
  readonly cookie: number;
  readonly fault: PageFault;
}

/**
 * read(2) of a queue's file: as many page requests as fit, each with a cookie.
 * @param size bytes of the buffer
 * @returns U136 ESPIPE for a size that is no multiple of a request, EINVAL when the first one does not fit
 */
export function readQueue(call: Call, queue: FaultQueue, size: number): readonly Delivered[] | Refusal {
  if (size % PGFAULT_SIZE !== 0) {
    const reason = `${size} bytes are no multiple of the ${PGFAULT_SIZE} of a page request`;
    return call.refuse("U136", "ESPIPE", { queue: queue.name, reason });
  }
  const count = Math.min(size / PGFAULT_SIZE, queue.deliver.length);
  if (count === 0 && queue.deliver.length > 0) {
    const reason = "the buffer has no room for the page request that waits";
    return call.refuse("U136", "EINVAL", { queue: queue.name, reason });
  }
  const responses = [...queue.responses];
  const read: Delivered[] = [];
  for (const fault of queue.deliver.slice(0, count)) {
    const cookie = lowestCookie(responses, queue.givesZero ? 0 : 1);
    responses.push({ cookie, fault });
    read.push({ cookie, fault });
  }
  if (count > 0) put(call.machine, { ...queue, deliver: queue.deliver.slice(count), responses });
  return read;
}

function lowestCookie(responses: readonly Delivered[], first: 0 | 1): number {
  let cookie: number = first;
  while (responses.some((each) => each.cookie === cookie)) cookie += 1;
  return cookie;
}

/**
 * write(2) of one answer to a queue's file.
 * @param code 0 for success, 1 for invalid
 * @param size bytes that are written; 0 answers nothing
 * @returns the request that was answered, U136 ESPIPE for a size that is no multiple of an answer, EINVAL for
 *   another code or a cookie that waits for nothing
 */
export function replyTo(
  call: Call,
  queue: FaultQueue,
  cookie: number,
  code: number,
  size: number,
): PageFault | undefined | Refusal {
  const refuse = (errno: "ESPIPE" | "EINVAL", reason: string) =>
    call.refuse("U136", errno, { queue: queue.name, reason });
  if (size % RESPONSE_SIZE !== 0) {
    return refuse("ESPIPE", `${size} bytes are no multiple of the ${RESPONSE_SIZE} of an answer`);
  }
  if (size === 0) return undefined;
  if (code !== 0 && code !== 1) return refuse("EINVAL", `${code} is neither success (0) nor invalid (1)`);
  const found = queue.responses.find((each) => each.cookie === cookie);
  if (!found) {
    // The kernel keeps cookie 0 from use by a placeholder, and an answer to it erases that while others wait.
    if (cookie === 0 && queue.responses.length > 0) put(call.machine, { ...queue, givesZero: true });
    return refuse("EINVAL", `no page request that was read has the cookie ${cookie}`);
  }
  const responses = queue.responses.filter((each) => each !== found);
  put(call.machine, { ...queue, responses });
  return found.fault;
}

/** Answers what was raised through an attachment that ends with "invalid" (`iommufd_auto_response_faults`). */
export function dropFaults(call: Call, hwpt: Hwpt, handle: number): void {
  if (hwpt.fault === undefined) return;
  const queue = get(call.machine, hwpt.fault, "fault-queue");
  const deliver = queue.deliver.filter((fault) => fault.handle !== handle);
  const responses = queue.responses.filter(({ fault }) => fault.handle !== handle);
  put(call.machine, { ...queue, deliver, responses });
}

import { toHex } from "../../../address/index.js";
import { type Call, isRefusal } from "../../call.js";
import { resume } from "../../dma/page-request.js";
import { find } from "../../iommufd/index.js";
import type { Outcome } from "../../outcome.js";
import type { Space } from "../../state.js";
import type { OperationOf } from "../door.js";

/**
 * Reads the page requests of a queue and answers those at an address: all of them, or those of one device.
 * @returns U102 ENOENT, or U030 EINVAL when none waits there
 */
export function respond(call: Call, operation: OperationOf<"respond">, record: boolean): Outcome {
  const { findings, machine } = call;
  const { owner, space: number, address, device, pasid, success } = operation;
  const queue = find(call, owner, number, "fault-queue", "the write of a page response");
  if (isRefusal(queue)) return { kind: "refused", refusal: queue, findings };
  const answered: { readonly space: Space; readonly pending: Space["pending"] }[] = [];
  for (const [, space] of machine.spaces.entries()) {
    const pending = space.pending.filter(
      (request) =>
        request.queue === number &&
        request.fault.address.page === address.page &&
        (device === undefined || device === request.device) &&
        (pasid === undefined || pasid === request.pasid),
    );
    if (pending.length > 0) answered.push({ space, pending });
  }
  if (answered.length === 0) {
    const refusal = call.refuse("U030", "EINVAL", { space: queue.name, address: toHex(address) });
    return { kind: "refused", refusal, findings };
  }
  const resumed = answered.flatMap(({ space, pending }) => resume(call, space, pending, success, record));
  return { kind: "responded", resumed, findings };
}

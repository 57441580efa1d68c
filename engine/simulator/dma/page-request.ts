import { type Address, toHex } from "../../address/index.js";
import type { Call } from "../call.js";
import type { Outcome } from "../outcome.js";
import type { Space } from "../state.js";
import { issue } from "./issue.js";
import { Recorder } from "./recorder.js";

/** A page response of a VMM for an address of a space. */
export interface Response {
  readonly address: Address;
  /** PRG response code: success, or invalid request. */
  readonly success: boolean;
  readonly device: number | undefined;
  readonly pasid: number | undefined;
}

/**
 * Completes pending page requests (RFC v1 flow 5.6): those of one device in v2, all at the address in v1.
 * With success each of them runs again; with "invalid" each ends with the fault that it began with.
 * @param named the version demands a device in the response (v2)
 * @param record keep the stages of each resumed request in its outcome
 * @returns U031 EINVAL without one, U030 EINVAL when nothing is pending there
 */
export function respond(
  call: Call,
  space: Space,
  response: Response,
  { named, record }: { readonly named: boolean; readonly record: boolean },
): Outcome {
  const { findings } = call;
  if (named && response.device === undefined) {
    return { kind: "refused", refusal: call.refuse("U031", "EINVAL", { space: space.name }), findings };
  }
  const answered = space.pending.filter(
    (request) =>
      request.fault.address.page === response.address.page &&
      (response.device === undefined || response.device === request.device) &&
      (response.pasid === undefined || response.pasid === request.pasid),
  );
  if (answered.length === 0) {
    const address = toHex(response.address);
    const refusal = call.refuse("U030", "EINVAL", { space: space.name, address });
    return { kind: "refused", refusal, findings };
  }
  return { kind: "responded", resumed: resume(call, space, answered, response.success, record), findings };
}

/**
 * Carries answered requests on: with success each runs again, with "invalid" each ends with its first fault.
 * @param answered requests that are pending at the space
 */
export function resume(
  call: Call,
  space: Space,
  answered: Space["pending"],
  success: boolean,
  record: boolean,
): Outcome[] {
  const own = call.machine.ownSpace(space.number);
  own.pending = own.pending.filter((request) => !answered.includes(request));
  return answered.map((request): Outcome => {
    // Each request has its own findings: what one of them meets says nothing of the others.
    if (success) {
      return issue(call.on(call.machine, call.origin), request, record ? new Recorder() : undefined);
    }
    const wire = { rid: call.machine.platform.devices[request.wire]!.rid, pasid: request.physical };
    return { kind: "fault", wire, fault: request.fault, findings: [] };
  });
}

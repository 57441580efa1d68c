import { equal } from "../../address/index.js";
import type { Outcome } from "../../simulator/index.js";
import { wireOf } from "../run/match.js";

/**
 * Whether a request came to the same behind two interfaces: the same address of the same memory, or a fault
 * of the same name, with the same PASID on the wire.
 * @param wire "any wire" where the number may differ
 */
export function sameOutcome(a: Outcome, b: Outcome, wire: "same wire" | "any wire" = "same wire"): boolean {
  if (wire === "same wire" && !sameWire(a, b)) return false;
  switch (a.kind) {
    case "reached":
      return b.kind === "reached" && equal(a.physical, b.physical) && a.contiguous === b.contiguous;
    case "fault":
    case "page-request":
      return b.kind === a.kind && a.fault.name === b.fault.name;
    case "responded":
      return (
        b.kind === "responded" &&
        a.resumed.length === b.resumed.length &&
        a.resumed.every((each, at) => sameOutcome(each, b.resumed[at]!, wire))
      );
    case "vm-exit":
      return b.kind === "vm-exit" && a.reason === b.reason;
    default:
      return a.kind === b.kind;
  }
}

/** Whether both had the same PASID on the wire. */
export function sameWire(a: Outcome, b: Outcome): boolean {
  return wireOf(a)?.pasid === wireOf(b)?.pasid;
}

import { kvmTable, type Machine, type Origin } from "../../simulator/index.js";
import type { Assertion } from "../program.js";

/** A statement that has to do with what an assertion asks, and why. */
export interface AssertionPlace {
  readonly origin: Origin;
  readonly message: string;
}

/** The statements that made the value which an assertion about one value found. */
export function assertionPlaces(machine: Machine, assertion: Assertion): AssertionPlace[] {
  const { platform } = machine;
  switch (assertion.kind) {
    case "ppasid": {
      const { device, pasid } = assertion;
      const attach = pasid === undefined ? undefined : machine.device(device).attachments.get(pasid);
      const name = platform.devices[device]!.name;
      if (attach) return [{ origin: attach.origin, message: `vPASID ${pasid} of ${name} was attached here` }];
      return [{ origin: platform.devices[device]!.origin, message: `${name} is declared here` }];
    }
    case "kvm":
      return kvmTable(machine)
        .filter(({ owner, pasid }) => owner === assertion.owner && pasid === assertion.pasid)
        .map(({ origin, pasid }) => ({ origin, message: `vPASID ${pasid} was mapped here` }));
    case "reports": {
      const { name, origin } = platform.devices[assertion.device]!;
      return [{ origin, message: `${name} is declared here` }];
    }
    case "reaches":
      return attachOf(machine, assertion.from);
    case "isolated":
      return [];
  }
}

/** Where the way of one device, or of one vPASID of it, begins. */
function attachOf(machine: Machine, from: Extract<Assertion, { kind: "reaches" }>["from"]): AssertionPlace[] {
  if (from.kind !== "device" && from.kind !== "pasid") return [];
  const { attachments, defaults } = machine.device(from.device);
  const found = from.kind === "pasid" ? attachments.get(from.pasid) : defaults.at(-1);
  const name = machine.platform.devices[from.device]!.name;
  return found ? [{ origin: found.origin, message: `${name} was attached here` }] : [];
}

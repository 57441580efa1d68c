import type { Call } from "../call.js";
import { deviceName, ownerName, spaceName } from "../describe.js";
import { bind } from "../device/bind.js";
import { siblings } from "../device/relations.js";
import type { Refusal } from "../refusal.js";
import { createSpace } from "../space/create.js";
import { isWithin } from "../space/lookup.js";
import type { Space } from "../state.js";
import type { Answer, FrontDoor, OperationOf } from "./door.js";

/** `/dev/iommu` as of 9 Jul 2021 (RFC v2 §2): kinds and formats at allocation, commands at any time. */
export const rfcV2: FrontDoor = {
  namedResponses: true,

  beforeCommand: () => undefined,

  beforeAttach: checkGroup,

  ioasid: allocate,

  bind(call, { owner, device }) {
    return bind(call, owner, device, { single: false, wholeGroup: true });
  },

  bindTable(call, { table }) {
    const pages = table.kind === "page-table";
    const name = pages ? "IOASID_BIND_PGTABLE" : "IOASID_BIND_PASID_TABLE";
    return missing(call, name, `\`ioasid NAME on PARENT ${table.kind}\``);
  },

  unbindTable(call, { table }) {
    const name = table === "page-table" ? "IOASID_UNBIND_PGTABLE" : "IOASID_UNBIND_PASID_TABLE";
    return missing(call, name, "`detach` and `free`");
  },

  register(call) {
    return missing(call, "IOASID_REGISTER_MEMORY", "a root IOASID that all devices share");
  },

  unregister(call) {
    return missing(call, "IOASID_UNREGISTER_MEMORY", "a root IOASID that all devices share");
  },

  infoSpace(call) {
    return missing(call, "IOASID_GET_INFO", "`info DEV` (IOMMU_DEVICE_GET_INFO)");
  },
};

function missing(call: Call, name: string, instead: string): Refusal {
  return call.refuse("U015", "ENOTTY", { call: name, version: "v2", instead, home: "v1" });
}

/** Devices of one IOMMU group start in one IOASID (RFC v2 1.3): EINVAL for a space beside it. */
function checkGroup(call: Call, space: Space, index: number): Refusal | undefined {
  const { machine } = call;
  const device = machine.platform.devices[index]!;
  for (const sibling of siblings(machine, device, index)) {
    const current = machine.device(sibling).defaults.at(-1);
    if (!current) continue;
    if (isWithin(machine, space.number, current.space) || isWithin(machine, current.space, space.number))
      continue;
    const args = {
      device: device.name,
      space: space.name,
      sibling: deviceName(machine.platform, sibling),
      current: spaceName(machine, current.space),
    };
    return call.object("U028", "EINVAL", args, [
      { origin: current.origin, note: `${args.sibling} was attached to ${args.current} here` },
    ]);
  }
  return undefined;
}

/** IOMMU_IOASID_ALLOC: a root is kernel-managed; a child is a guest's table, or merged in software. */
function allocate(call: Call, operation: OperationOf<"ioasid">): Answer {
  const { owner, space: number, name, parent: parentNumber, table } = operation;
  const make = (parent: number, kind: "root" | "shadow" | "page-table" | "pasid-table"): Answer => ({
    kind: "ioasid",
    id: createSpace(call, { owner, number, name, parent, kind, table }),
  });
  if (parentNumber === undefined) {
    return table ? call.refuse("P022", "EINVAL", { space: name, reason: "root" }) : make(-1, "root");
  }
  const { machine } = call;
  const parent = machine.spaces.get(parentNumber);
  if (!parent)
    return call.refuse("U014", "ENOENT", {
      space: `the parent of ${name}`,
      freed: machine.freed.has(parentNumber),
    });
  if (parent.owner !== owner) {
    const args = {
      space: parent.name,
      owner: ownerName(machine.platform, owner),
      holder: ownerName(machine.platform, parent.owner),
      nesting: true,
    };
    return call.refuse("P026", "EINVAL", args, [
      { origin: parent.origin, note: `${parent.name} is an IOASID of ${args.holder}` },
    ]);
  }
  // Software merges any depth; hardware walks a child and its root.
  if (parent.kind === "root" || (parent.kind === "shadow" && !table)) {
    return make(parentNumber, table?.kind ?? "shadow");
  }
  return call.refuse("P025", "EINVAL", { space: name, parent: parent.name }, [
    { origin: parent.origin, note: `${parent.name} is itself nested` },
  ]);
}

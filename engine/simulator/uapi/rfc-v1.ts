import { type Call, isRefusal } from "../call.js";
import { delegatesTable } from "../capability.js";
import { deviceName, ownerName } from "../describe.js";
import { bind } from "../device/bind.js";
import { hostOwnsTable } from "../device/compatible.js";
import { partialGroup } from "../device/relations.js";
import type { Device } from "../platform.js";
import type { Refusal } from "../refusal.js";
import { createSpace } from "../space/create.js";
import { bindTable, checkFormat, unbindTable } from "../space/guest-table.js";
import { describeSpace } from "../space/info.js";
import { iommusOf } from "../space/limits.js";
import { findSpace } from "../space/lookup.js";
import { register, unregister } from "../space/memory.js";
import type { Space, SpaceKind } from "../state.js";
import type { Answer, FrontDoor, OperationOf } from "./door.js";

/** `/dev/ioasid` as of 27 May 2021 (RFC v1 §2): a space takes commands only once it is attached. */
export const rfcV1: FrontDoor = {
  namedResponses: false,

  beforeCommand(call, space, command) {
    return (
      checkGroup(call, space) ?? (command === "IOASID_FREE" ? undefined : checkActive(call, space, command))
    );
  },

  beforeAttach: () => undefined,

  ioasid(call, operation) {
    if (operation.table) {
      return call.refuse("U015", "ENOTTY", {
        call: "IOASID_ALLOC with a table kind",
        version: "v1",
        instead: operation.table.kind === "page-table" ? "`bind-pgtable`" : "`bind-pasid-table`",
        home: "v2",
      });
    }
    return operation.parent === undefined
      ? allocate(call, operation)
      : nest(call, operation, operation.parent);
  },

  bind(call, { owner, device }) {
    return bind(call, owner, device, { single: true, wholeGroup: false });
  },

  bindTable: bind_,
  unbindTable: unbind_,

  register(call, { owner, memory, offset, length }) {
    return register(call, owner, memory, offset, length);
  },

  unregister(call, { owner, memory, offset, length }) {
    return unregister(call, owner, memory, offset, length);
  },

  infoSpace(call, { owner, space: number }) {
    const space = findSpace(call, owner, number);
    if (isRefusal(space)) return space;
    const group = checkGroup(call, space);
    if (group) return group;
    if (space.users.size === 0) return call.refuse("U013", "ENODEV", { space: space.name });
    return { kind: "space-info", facts: describeSpace(call.machine, space) };
  },
};

/** P017 EDEADLK: the space is locked while it has only part of an IOMMU group. */
function checkGroup(call: Call, space: Space): Refusal | undefined {
  const { machine } = call;
  const partial = partialGroup(machine, space.number);
  if (!partial) return undefined;
  const names = (devices: number[]) =>
    devices.map((device) => deviceName(machine.platform, device)).join(", ");
  const args = { space: space.name, attached: names(partial.attached), missing: names(partial.missing) };
  return call.object("P017", "EDEADLK", args, [
    { origin: partial.origin, note: "the IOMMU group is declared here" },
  ]);
}

/** P018 ENODEV: before the first attach an IOASID is just a number. */
function checkActive(call: Call, space: Space, command: string): Refusal | undefined {
  if (space.users.size > 0) return undefined;
  return call.object("P018", "ENODEV", { space: space.name, operation: command }, [
    { origin: space.origin, note: `${space.name} was allocated here and is attached to no device` },
  ]);
}

function allocate(call: Call, { owner, space, name }: OperationOf<"ioasid">): Answer {
  const id = createSpace(call, { owner, number: space, name, parent: -1, kind: "root", table: undefined });
  return { kind: "ioasid", id };
}

/** IOASID_CREATE_NESTING: what the child is follows from how the IOMMUs of the parent's devices nest. */
function nest(call: Call, operation: OperationOf<"ioasid">, number: number): Answer {
  const { machine } = call;
  const parent = machine.spaces.get(number);
  if (!parent || parent.owner !== operation.owner) return foreignParent(call, operation, parent);
  const refusal = rfcV1.beforeCommand(call, parent, "IOASID_CREATE_NESTING");
  if (refusal) return refusal;
  const kind = childKind(call, operation, parent);
  if (typeof kind !== "string") return kind;
  const { owner, space, name } = operation;
  const id = createSpace(call, { owner, number: space, name, parent: number, kind, table: undefined });
  return { kind: "ioasid", id };
}

function foreignParent(call: Call, operation: OperationOf<"ioasid">, parent: Space | undefined): Refusal {
  const { machine } = call;
  if (!parent)
    return call.refuse("U014", "ENOENT", {
      space: `the parent of ${operation.name}`,
      freed: machine.freed.has(operation.parent ?? -1),
    });
  const args = {
    space: parent.name,
    owner: ownerName(machine.platform, operation.owner),
    holder: ownerName(machine.platform, parent.owner),
    nesting: true,
  };
  return call.refuse("P026", "EINVAL", args, [
    { origin: parent.origin, note: `${parent.name} is an IOASID of ${args.holder}` },
  ]);
}

function childKind(call: Call, operation: OperationOf<"ioasid">, parent: Space): SpaceKind | Refusal {
  const iommus = iommusOf(call.machine, parent);
  const unable = iommus.find((iommu) => iommu.nesting === "none");
  if (unable) {
    return call.refuse("U019", "EOPNOTSUPP", { space: parent.name, iommu: unable.name }, [
      { origin: unable.origin, note: `${unable.name} is declared without nesting` },
    ]);
  }
  if (iommus.some((iommu) => iommu.nesting === "software")) {
    return parent.kind === "root" || parent.kind === "shadow" ? "shadow" : tooDeep(call, operation, parent);
  }
  return parent.kind === "root" ? "unbound" : tooDeep(call, operation, parent);
}

function tooDeep(call: Call, operation: OperationOf<"ioasid">, parent: Space): Refusal {
  return call.refuse("P025", "EINVAL", { space: operation.name, parent: parent.name }, [
    { origin: parent.origin, note: `${parent.name} is itself nested` },
  ]);
}

/** IOASID_BIND_PGTABLE and IOASID_BIND_PASID_TABLE. */
function bind_(call: Call, { owner, space: number, table }: OperationOf<"bind-table">): Answer {
  const space = findSpace(call, owner, number);
  if (isRefusal(space)) return space;
  const command = table.kind === "page-table" ? "IOASID_BIND_PGTABLE" : "IOASID_BIND_PASID_TABLE";
  const refusal = rfcV1.beforeCommand(call, space, command) ?? checkBindable(call, space, table.kind);
  if (refusal) return refusal;
  const format = checkFormat(call, space, table);
  if (format) return format;
  bindTable(call, space, table);
  return undefined;
}

function checkBindable(call: Call, space: Space, kind: "page-table" | "pasid-table"): Refusal | undefined {
  const { machine } = call;
  if (space.kind === "root") return call.refuse("P022", "EINVAL", { space: space.name, reason: "root" });
  if (space.kind === "shadow")
    return call.refuse("P022", "EINVAL", { space: space.name, reason: "software" });
  if (space.kind !== "unbound") return call.refuse("U017", "EBUSY", { space: space.name });
  if (kind === "page-table") return undefined;
  for (const [index] of space.users.entries()) {
    const device = machine.platform.devices[index]!;
    const refusal = checkIsWhole(call, space, device, index);
    if (refusal) return refusal;
    if (!delegatesTable(machine.platform, device)) return hostOwnsTable(call, space, device);
  }
  return undefined;
}

/** P019 EINVAL: a PASID table stands for all vPASIDs of a RID, so no device has the space under one of them. */
function checkIsWhole(call: Call, space: Space, device: Device, index: number): Refusal | undefined {
  const { defaults } = call.machine.device(index);
  if (defaults.some((entry) => entry.space === space.number)) return undefined;
  const reason = "it has the space under a vPASID, and a PASID table is the space of all of them";
  return call.refuse("P019", "EINVAL", { device: device.name, space: space.name, reason });
}

/** IOASID_UNBIND_PGTABLE and IOASID_UNBIND_PASID_TABLE. */
function unbind_(call: Call, { owner, space: number, table }: OperationOf<"unbind-table">): Answer {
  const space = findSpace(call, owner, number);
  if (isRefusal(space)) return space;
  const command = table === "page-table" ? "IOASID_UNBIND_PGTABLE" : "IOASID_UNBIND_PASID_TABLE";
  const refusal = rfcV1.beforeCommand(call, space, command);
  if (refusal) return refusal;
  if (space.kind !== table) return call.refuse("U018", "EINVAL", { space: space.name, operation: command });
  unbindTable(call, space);
  return undefined;
}

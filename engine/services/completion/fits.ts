import { lengthOf } from "../../address/index.js";
import type { Definition, syntax } from "../../language/index.js";
import { capabilityOf, formatRid, type Machine } from "../../simulator/index.js";
import { indexOf, spaceOn } from "./indices.js";
import { Rank } from "./item.js";
import { type Idea, objection } from "./judge.js";
import { OWNERS, type Spot, smallNumber } from "./spot.js";

/** Whether a name fits its place as things are, and a few words about it. */
export interface Fit {
  readonly rank: number;
  readonly detail: string;
}

/** How well a thing fits the place of a name: what would be refused now is still there, with the reason. */
export function fitOf(spot: Spot, role: syntax.NameRole, definition: Definition): Fit {
  const reason = reasonAgainst(spot, role, definition);
  const about = aboutOf(spot, definition);
  if (reason === undefined) return { rank: Rank.fits, detail: about };
  return { rank: Rank.unlikely, detail: reason };
}

/** What a thing is, in a few words. */
function aboutOf(spot: Spot, definition: Definition): string {
  const { platform } = spot;
  switch (definition.kind) {
    case "pdev":
    case "mdev": {
      const device = platform.devices[indexOf(definition) ?? -1];
      if (!device) return definition.kind;
      const category = device.category === undefined ? definition.kind : `category ${device.category}`;
      const queue = device.queue ? `, ${device.queue} queue` : "";
      return `${category}${queue} at ${formatRid(device.rid)}`;
    }
    case "space": {
      const machine = spot.machine();
      const space = machine && spaceOn(machine, definition);
      const parent = space && machine.spaces.get(space.parent);
      const kind = space ? SPACE_KINDS[space.kind] : "IOASID";
      return parent ? `${kind} on ${parent.name}` : kind;
    }
    case "memory": {
      const memory = platform.memories[indexOf(definition) ?? -1];
      return memory ? `memory of ${platform.owners[memory.owner]!.name}` : "memory";
    }
    case "process": {
      const pasid = platform.processes[indexOf(definition) ?? -1]?.pasid;
      return pasid === undefined ? "process without a vPASID" : `process with vPASID ${pasid}`;
    }
    case "guest":
      return "guest";
    case "native":
      return "native driver";
    case "iommu":
      return "IOMMU";
    case "group":
      return "IOMMU group";
  }
}

const SPACE_KINDS = {
  root: "root",
  shadow: "software child",
  "page-table": "page table",
  "pasid-table": "PASID table",
  unbound: "child without a table",
} as const;

/** Why a thing does not fit here, as things are. */
function reasonAgainst(spot: Spot, role: syntax.NameRole, definition: Definition): string | undefined {
  switch (definition.kind) {
    case "pdev":
    case "mdev":
      return againstDevice(spot, role, definition);
    case "space":
      return againstSpace(spot, definition);
    case "memory":
      return againstMemory(spot, definition);
    case "guest":
    case "native":
      return againstOwner(spot, definition);
    default:
      return undefined;
  }
}

function againstDevice(spot: Spot, role: syntax.NameRole, definition: Definition): string | undefined {
  const { statement, platform } = spot;
  const device = indexOf(definition);
  if (device === undefined || !statement) return undefined;
  if (role === "the physical device below" || role === "the physical function") {
    return platform.devices[device]!.category === undefined ? undefined : "it has a category of its own";
  }
  const machine = spot.machine();
  if (!machine) return undefined;
  const state = machine.device(device);
  switch (statement.kind) {
    case "bind": {
      const owner = spot.caller(spot.wholeAs("bind")?.owner);
      return owner === undefined ? undefined : objection(machine, { kind: "bind", owner, device });
    }
    case "unbind": {
      const owner = spot.blockOwner ?? state.bound[0]?.owner;
      if (owner === undefined) return "it is bound to nobody";
      return objection(machine, { kind: "unbind", owner, device });
    }
    case "attach": {
      const owner = spot.caller(spot.wholeAs("attach")?.space);
      if (owner === undefined) return state.bound.length > 0 ? undefined : "it is bound to nobody";
      return isBound(machine, device, owner)
        ? undefined
        : `it is not bound to ${platform.owners[owner]!.name}`;
    }
    case "detach":
      return isAttached(machine, device) ? undefined : "it is attached to nothing";
    case "dma":
      return isAttached(machine, device) ? undefined : "it is attached to nothing";
    case "enqcmd":
    case "enqcmds": {
      const owner = spot.caller(statement.kind === "enqcmd" ? statement.process : statement.owner);
      if (owner !== undefined && !isBound(machine, device, owner)) {
        return `it is not bound to ${platform.owners[owner]!.name}`;
      }
      return capabilityOf(platform, device).cpu ? undefined : "it takes no ENQCMD";
    }
    case "sva": {
      const owner = spot.blockOwner;
      return owner === undefined ? undefined : objection(machine, { kind: "sva", owner, device });
    }
    default:
      return undefined;
  }
}

function isBound(machine: Machine, device: number, owner: number): boolean {
  return machine.device(device).bound.some((each) => each.owner === owner);
}

function isAttached(machine: Machine, device: number): boolean {
  const { defaults, attachments } = machine.device(device);
  return defaults.length > 0 || attachments.size > 0;
}

function againstSpace(spot: Spot, definition: Definition): string | undefined {
  const { statement } = spot;
  const machine = spot.machine();
  if (!machine || !statement) return undefined;
  const owner = indexOf(definition.owner);
  const space = spaceOn(machine, definition);
  if (owner === undefined) return undefined;
  if (!space) return "it is not allocated yet, or freed again";
  const idea = ideaWith(spot, owner, space.number);
  const reason = idea && objection(machine, idea);
  if (reason !== undefined) return reason;
  const isKernels = space.kind === "root" || space.kind === "shadow";
  switch (statement.kind) {
    case "map":
    case "unmap":
      return isKernels ? undefined : "its table is the guest's: use `pte`";
    case "pte":
      return space.kind === "page-table" ? undefined : "it has no page table of the guest";
    case "entry": {
      const isTable = space.kind === "pasid-table";
      const asked = spot.wanted.kind === "name" && spot.wanted.role === "a PASID table";
      return isTable === asked ? undefined : asked ? "it is no PASID table" : "it is a PASID table itself";
    }
    case "invalidate":
      return isKernels ? "its table is the kernel's, which flushes it itself" : undefined;
    case "respond":
      return space.pending.length > 0 ? undefined : "no page request waits in it";
    default:
      return undefined;
  }
}

/** The call that the statement would make with a space, as far as its other parts are written. */
function ideaWith(spot: Spot, owner: number, space: number): Idea | undefined {
  const { statement } = spot;
  const device = statement && "device" in statement ? spot.device(statement.device) : undefined;
  switch (statement?.kind) {
    case "free":
      return { kind: "free", owner, space };
    case "attach": {
      if (device === undefined) return undefined;
      const pasid = smallNumber(statement.pasid?.number);
      const physical = smallNumber(statement.physical);
      return {
        kind: "attach",
        owner,
        device,
        space,
        ...(pasid !== undefined && { pasid }),
        ...(physical !== undefined && { physical }),
      };
    }
    case "detach": {
      if (device === undefined) return undefined;
      const pasid = smallNumber(statement.pasid?.number);
      return { kind: "detach", owner, device, space, ...(pasid !== undefined && { pasid }) };
    }
    case "kvm-map": {
      const pasid = smallNumber(statement.pasid?.number);
      return pasid === undefined ? undefined : { kind: "kvm-map", owner, pasid, space };
    }
    case "ioasid": {
      const table = spot.wholeAs("ioasid")?.table?.text;
      const parent = { kind: "ioasid", owner, space: FRESH, name: "", parent: space } as const;
      return table === undefined ? parent : { ...parent, table: { kind: table } };
    }
    case "bind-table":
      return { kind: "bind-table", owner, space, table: { kind: statement.table } };
    case "unbind-table":
      return { kind: "unbind-table", owner, space, table: statement.table };
    case "info":
      return { kind: "info-space", owner, space };
    default:
      return undefined;
  }
}

/** A number that no name of a space has. */
export const FRESH = 2 ** 30;

function againstMemory(spot: Spot, definition: Definition): string | undefined {
  const { statement, platform } = spot;
  const memory = indexOf(definition);
  const found = platform.memories[memory ?? -1];
  if (!statement || memory === undefined || !found) return undefined;
  if (statement.kind === "map" || statement.kind === "pte") {
    const space = spot.find(statement.space, "space");
    const owner = indexOf(space?.owner);
    return owner === undefined || owner === found.owner
      ? undefined
      : `it is memory of ${platform.owners[found.owner]!.name}`;
  }
  if (statement.kind !== "register" && statement.kind !== "unregister") return undefined;
  const machine = spot.machine("all");
  const length = lengthOf(found.virtual);
  if (!machine || !length) return undefined;
  const { owner } = found;
  return objection(machine, { kind: statement.kind, owner, memory, offset: { page: 0, offset: 0 }, length });
}

function againstOwner(spot: Spot, definition: Definition): string | undefined {
  const { statement } = spot;
  const owner = indexOf(definition);
  const machine = spot.machine();
  if (!statement || owner === undefined) return undefined;
  if (statement.kind === "bind" && machine) {
    const device = spot.device(statement.device);
    return device === undefined ? undefined : objection(machine, { kind: "bind", owner, device });
  }
  return statement.kind === "migrate" && definition.kind !== OWNERS[0]
    ? "a native driver cannot migrate"
    : undefined;
}

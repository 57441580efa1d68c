import type { Machine, Operation, Origin, Refusal } from "../../simulator/index.js";

type Space = NonNullable<ReturnType<Machine["spaces"]["get"]>>;

/** A statement that a refusal has to do with, and why it is shown. */
export interface RefusalPlace {
  readonly origin: Origin;
  readonly note: string;
}

/**
 * The other side of a refusal, where the call that was refused had no reason to look it up: the attach that
 * needs the mapping, the part whose width binds, the statement that made the space. A refused call changes
 * nothing, so the machine still is what it was.
 */
export function refusalPlaces(machine: Machine, operation: Operation, refusal: Refusal): RefusalPlace[] {
  const device = "device" in operation ? operation.device : undefined;
  const number = operation.kind === "entry" ? operation.table : "space" in operation ? operation.space : -1;
  const space = number === undefined ? undefined : machine.spaces.get(number);
  return placesFor(new Places(machine), refusal, device, space).slice(0, SHOWN);
}

/** More places than this are a list that nobody follows. */
const SHOWN = 8;

function placesFor(
  places: Places,
  refusal: Refusal,
  device: number | undefined,
  space: Space | undefined,
): RefusalPlace[] {
  switch (refusal.rule) {
    case "P016":
      return space ? places.attachesTo(space) : [];
    case "P022":
    case "P023":
    case "U012":
    case "U013":
    case "U016":
    case "U017":
    case "U018":
    case "U030":
    case "U031":
    case "U038":
      return space ? [{ origin: space.origin, note: `${space.name} was allocated here` }] : [];
    case "U007":
      return space ? places.memories(space.owner) : [];
    case "U008":
      return space ? places.registered(space.owner) : [];
    case "U025":
      return space ? places.globalAttaches(space) : [];
    case "U032":
      return places.cpu();
    default:
      return device === undefined ? [] : placesOfDevice(places, refusal, device, space);
  }
}

function placesOfDevice(
  places: Places,
  refusal: Refusal,
  device: number,
  space: Space | undefined,
): RefusalPlace[] {
  switch (refusal.rule) {
    case "P004":
    case "U024":
    case "C008":
      return places.declaration(device);
    case "P007":
    case "U026":
      return places.width(device);
    case "P008":
      return [...places.width(device), ...(space ? places.globalAttaches(space) : [])];
    case "P010":
      return places.attach(device, refusal.arguments.pasid);
    case "U020":
      return places.attachesOf(device);
    case "U021":
      return places.attachesOf(device, refusal.arguments.child);
    case "U023":
    case "U037":
      return places.binds(device);
    default:
      return [];
  }
}

class Places {
  constructor(private readonly machine: Machine) {}

  cpu(): RefusalPlace[] {
    return [{ origin: this.machine.platform.cpu.origin, note: "this is what the CPU can do" }];
  }

  memories(owner: number): RefusalPlace[] {
    const { memories, owners } = this.machine.platform;
    return memories
      .filter((memory) => memory.owner === owner)
      .slice(0, SHOWN)
      .map(({ name, origin }) => ({ origin, note: `${owners[owner]!.name} has ${name} here` }));
  }

  registered(owner: number): RefusalPlace[] {
    const ranges = this.machine.owner(owner).registered?.entries() ?? [];
    return [...ranges].slice(0, SHOWN).map(({ origin }) => ({ origin, note: "this much is registered" }));
  }

  declaration(device: number): RefusalPlace[] {
    const { name, origin } = this.machine.platform.devices[device]!;
    return [{ origin, note: `${name} is declared here` }];
  }

  /** The narrower one of a device's function and its IOMMU. */
  width(device: number): RefusalPlace[] {
    const { devices, iommus } = this.machine.platform;
    const wire = devices[devices[device]!.wire]!;
    const iommu = iommus[wire.iommu]!;
    const { name, origin } = iommu.pasidWidth < wire.pasidWidth ? iommu : wire;
    return [{ origin, note: `${name} decides how many PASIDs there are` }];
  }

  attach(device: number, pasid: number): RefusalPlace[] {
    const attachment = this.machine.device(device).attachments.get(pasid);
    if (!attachment) return [];
    const { name } = this.machine.platform.devices[device]!;
    return [
      {
        origin: attachment.origin,
        note: `vPASID ${pasid} of ${name} was attached here, and needs a mapping`,
      },
    ];
  }

  /** Every attach of a device, or those to one space. */
  attachesOf(device: number, only?: string): RefusalPlace[] {
    const { defaults, attachments } = this.machine.device(device);
    const { name } = this.machine.platform.devices[device]!;
    const all = [...defaults, ...[...attachments.entries()].map(([, each]) => each)];
    return all.flatMap(({ origin, space }) => {
      const target = this.machine.spaces.get(space)?.name;
      if (target === undefined || (only !== undefined && target !== only)) return [];
      return [{ origin, note: `${name} is attached to ${target} here` }];
    });
  }

  attachesTo(space: Space): RefusalPlace[] {
    return [...space.users.entries()].flatMap(([device]) => this.attachesOf(device, space.name));
  }

  /** The attaches that hold the one global pPASID of a space (N6). */
  globalAttaches(space: Space): RefusalPlace[] {
    return [...space.users.entries()].flatMap(([device]) => {
      const { name, category } = this.machine.platform.devices[device]!;
      if (category !== 5) return [];
      const { attachments } = this.machine.device(device);
      return [...attachments.entries()]
        .filter(([, attachment]) => attachment.space === space.number)
        .map(([, { origin, physical }]) => ({ origin, note: `${name} was given pPASID ${physical} here` }));
    });
  }

  binds(device: number): RefusalPlace[] {
    const { owners, devices } = this.machine.platform;
    const { name } = devices[device]!;
    return this.machine.device(device).bound.map(({ owner, origin }) => ({
      origin,
      note: `${name} was bound to ${owners[owner]!.name} here`,
    }));
  }
}

import { toHex } from "../../address/index.js";
import type { Machine, Origin } from "../../simulator/index.js";

export type Space = NonNullable<ReturnType<Machine["spaces"]["get"]>>;

/** A statement that a refusal has to do with, and why it is shown. */
export interface RefusalPlace {
  readonly origin: Origin;
  readonly note: string;
}

/** More places than this are a list that nobody follows. */
export const SHOWN = 8;

/** Finds the statements behind the state of a machine. */
export class Places {
  constructor(private readonly machine: Machine) {}

  cpu(): RefusalPlace[] {
    return [{ origin: this.machine.platform.cpu.origin, note: "this is what the CPU can do" }];
  }

  /** The `uapi` statement; a file without one has the version by default. */
  version(): RefusalPlace[] {
    const { uapi, uapiOrigin } = this.machine.platform;
    return [{ origin: uapiOrigin, note: `this says that the calls are those of ${uapi}` }];
  }

  process(index: number): RefusalPlace[] {
    const { name, origin } = this.machine.platform.processes[index]!;
    return [{ origin, note: `${name} is declared here` }];
  }

  allocation({ name, origin }: Space): RefusalPlace[] {
    return [{ origin, note: `${name} was allocated here` }];
  }

  /** The requests of a space that wait for a page response. */
  waiting({ name, pending }: Space): RefusalPlace[] {
    return pending.map(({ origin, fault }) => ({
      origin,
      note: `this request waits for a response for ${toHex(fault.address)} of ${name}`,
    }));
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

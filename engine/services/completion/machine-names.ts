import type { Definition } from "../../language/index.js";
import type { Device, Machine, Platform } from "../../simulator/index.js";

/** Where the things of a platform stand in its arrays, by name; those of an owner as `vm0.ram`. */
interface Indices {
  readonly devices: ReadonlyMap<string, number>;
  readonly owners: ReadonlyMap<string, number>;
  readonly processes: ReadonlyMap<string, number>;
  readonly memories: ReadonlyMap<string, number>;
}

const known = new WeakMap<Platform, Indices>();

function indicesOf(platform: Platform): Indices {
  let indices = known.get(platform);
  if (!indices) {
    const { devices, owners, processes, memories } = platform;
    const owned = ({ owner, name }: { readonly owner: number; readonly name: string }) =>
      `${owners[owner]!.name}.${name}`;
    indices = {
      devices: new Map(devices.map(({ name }, index) => [name, index])),
      owners: new Map(owners.map(({ name }, index) => [name, index])),
      processes: new Map(processes.map((process, index) => [owned(process), index])),
      memories: new Map(memories.map((memory, index) => [owned(memory), index])),
    };
    known.set(platform, indices);
  }
  return indices;
}

/** Index of a device; `undefined` when its declaration could not be understood. */
export function deviceIndex(platform: Platform, name: string | undefined): number | undefined {
  return name === undefined ? undefined : indicesOf(platform).devices.get(name);
}

export function deviceOf(platform: Platform, name: string | undefined): Device | undefined {
  const index = deviceIndex(platform, name);
  return index === undefined ? undefined : platform.devices[index];
}

export function ownerIndex(platform: Platform, name: string | undefined): number | undefined {
  return name === undefined ? undefined : indicesOf(platform).owners.get(name);
}

export function processIndex(platform: Platform, process: Definition | undefined): number | undefined {
  return process && indicesOf(platform).processes.get(`${process.owner?.name}.${process.name}`);
}

export function memoryIndex(platform: Platform, memory: Definition | undefined): number | undefined {
  return memory && indicesOf(platform).memories.get(`${memory.owner?.name}.${memory.name}`);
}

type Space = Exclude<ReturnType<Machine["spaces"]["get"]>, undefined>;

/** The IOASIDs of a machine by owner, in the order in which the file names them. */
const spaces = new WeakMap<Machine, ReadonlyMap<number, readonly Space[]>>();

/** The IOASIDs of an owner, in the order in which the file names them. @param machine which nobody writes to */
export function spacesOf(machine: Machine, owner: number): readonly Space[] {
  let byOwner = spaces.get(machine);
  if (!byOwner) {
    const found = new Map<number, Space[]>();
    machine.spaces.forEach((space) => {
      const list = found.get(space.owner);
      if (list) list.push(space);
      else found.set(space.owner, [space]);
    });
    byOwner = found;
    spaces.set(machine, byOwner);
  }
  return byOwner.get(owner) ?? [];
}

/**
 * The IOASID that a name stands for on a machine; `undefined` before it is made and after it is freed.
 * @param machine which nobody writes to
 */
export function spaceOn(machine: Machine, space: Definition | undefined): Space | undefined {
  const owner = ownerIndex(machine.platform, space?.owner?.name);
  if (!space || owner === undefined) return undefined;
  return spacesOf(machine, owner).find(({ name }) => name === space.name);
}

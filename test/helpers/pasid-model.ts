/**
 * A naive second opinion on domain 1.2 to 1.6: who gets which PASID, what KVM and the PASID tables hold, what
 * number a request puts on the wire and which space answers. Written from the reference alone, with plain maps
 * and no thought of speed, so that it can disagree with the engine.
 */

export type DeviceName = keyof typeof DEVICES;
type Wire = string;

/** Category, the RID on the wire, and whether ENQCMD can reach it. */
export const DEVICES = {
  p5: { category: 5, wire: "P", enqcmd: true },
  p4: { category: 4, wire: "P", enqcmd: false },
  p2: { category: 2, wire: "P", enqcmd: false },
  p5d: { category: 5, wire: "P", enqcmd: false },
  q5: { category: 5, wire: "Q", enqcmd: true },
  q4: { category: 4, wire: "Q", enqcmd: false },
  h4: { category: 4, wire: "H", enqcmd: false },
  h4b: { category: 4, wire: "H", enqcmd: false },
  h2: { category: 2, wire: "H", enqcmd: false },
  h1: { category: 1, wire: "H", enqcmd: false },
  v0: { category: 0, wire: "v0", enqcmd: false },
  v3: { category: 3, wire: "v3", enqcmd: false },
  v3e: { category: 3, wire: "v3e", enqcmd: true },
  v4: { category: 4, wire: "v4", enqcmd: false },
} as const;

export const SPACES = ["a0", "a1", "a2", "b0", "b1", "b2"] as const;
export type SpaceName = (typeof SPACES)[number];
export type Guest = "A" | "B";

/** The machine that the model speaks of, as a file. */
export const MACHINE = `iommu vtd { }
cpu { enqcmd  pasid-translation }
pdev P at 01:00.0 behind vtd { pasid-width 20  enqcmd }
mdev p5 on P { category 5  queue shared }
mdev p4 on P { category 4 }
mdev p2 on P { category 2 }
mdev p5d on P { category 5  queue dedicated }
pdev Q at 02:00.0 behind vtd { pasid-width 20  enqcmd }
mdev q5 on Q { category 5  queue shared }
mdev q4 on Q { category 4 }
pdev H at 03:00.0 behind vtd { pasid-width 20 }
mdev h4 on H { category 4 }
mdev h4b on H { category 4 }
mdev h2 on H { category 2 }
mdev h1 on H { category 1 }
pdev v0 at 04:00.0 behind vtd { category 0 }
pdev v3 at 05:00.0 behind vtd { category 3  pasid-width 20 }
pdev v3e at 06:00.0 behind vtd { category 3  pasid-width 20  enqcmd }
pdev v4 at 07:00.0 behind vtd { category 4  pasid-width 20 }
${["A", "B"].map(guestText).join("\n")}
`;

function guestText(guest: string): string {
  const letter = guest.toLowerCase();
  const spaces = [0, 1, 2].map(
    (n) => `  ioasid ${letter}${n} { map 0x0 + 4K -> m${letter}[0x${n}000 + 4K] }`,
  );
  return [
    `guest ${guest} {`,
    `  memory m${letter} at 0x4000_0000 + 1M`,
    `  process p${letter} { }`,
    ...spaces,
    "}",
  ].join("\n");
}

/** What the reference says of a step: the errnos that may refuse it, or what becomes of a request. */
export type Expected =
  | { readonly kind: "call"; readonly errnos: readonly string[] }
  | { readonly kind: "reached"; readonly wire: number | undefined; readonly space: SpaceName }
  | { readonly kind: "fault"; readonly name: string; readonly wire: number | undefined }
  | { readonly kind: "gp" | "vm-exit" | "portal-refused" };

interface DeviceState {
  owner: Guest | undefined;
  space: SpaceName | undefined;
  readonly attachments: Map<number, { readonly number: number; readonly space: SpaceName }>;
  readonly defPasid: number | undefined;
}

/** A text of the language, and what must come of it. */
export interface Stated {
  readonly text: string;
  readonly expected: Expected;
}

export class PasidModel {
  private readonly pools = new Map<string, Set<number>>();
  private readonly devices = new Map<DeviceName, DeviceState>();
  /** By RID, then by PASID; 0 is the slot of requests without one. */
  private readonly tables = new Map<Wire, Map<number, { space: SpaceName; users: number }>>();
  private readonly globals = new Map<SpaceName, { number: number; users: number }>();
  private readonly slots = { A: new Map<number, number>(), B: new Map<number, number>() };
  private readonly translation = { A: { on: false, set: false }, B: { on: false, set: false } };
  private readonly msr: { A: number | undefined; B: number | undefined } = { A: undefined, B: undefined };

  constructor() {
    for (const name of deviceNames()) {
      const { category, wire } = DEVICES[name];
      const mediated = wire.length === 1 && category !== 1;
      const defPasid = mediated ? this.allocate(wire) : undefined;
      this.devices.set(name, { owner: undefined, space: undefined, attachments: new Map(), defPasid });
    }
  }

  bind(name: DeviceName, guest: Guest): Stated | undefined {
    const device = this.device(name);
    // A second fd is legal in v2 and says nothing about PASIDs.
    if (device.owner && device.owner !== guest) return undefined;
    const errnos: string[] = [];
    if (device.owner) errnos.push("EBUSY");
    else if (name === "v3e" && this.hasMediated(guest)) errnos.push("EOPNOTSUPP");
    else if (DEVICES[name].category === 5 && this.device("v3e").owner === guest) errnos.push("EOPNOTSUPP");
    if (errnos.length === 0) device.owner = guest;
    return call(`bind ${name} to ${guest}`, errnos);
  }

  unbind(name: DeviceName): Stated | undefined {
    const device = this.device(name);
    if (!device.owner) return undefined;
    const errnos = device.space || device.attachments.size > 0 ? ["EBUSY"] : [];
    if (errnos.length === 0) device.owner = undefined;
    return call(`unbind ${name}`, errnos);
  }

  attach(name: DeviceName, space: SpaceName): Stated {
    const device = this.device(name);
    const errnos = this.boundErrnos(device, space);
    if (device.space) errnos.push("EBUSY");
    if (errnos.length === 0) {
      device.space = space;
      const { category, wire } = DEVICES[name];
      if (category !== 1) this.table(wire).set(device.defPasid ?? 0, { space, users: 1 });
    }
    return call(`attach ${name} -> ${space}`, errnos);
  }

  attachPasid(name: DeviceName, pasid: number, space: SpaceName): Stated {
    const device = this.device(name);
    const { category } = DEVICES[name];
    const errnos = this.boundErrnos(device, space);
    if (category < 3) errnos.push("EOPNOTSUPP");
    if (category === 3 && pasid === 0) errnos.push("EINVAL");
    if (device.attachments.has(pasid)) errnos.push("EBUSY");
    if (errnos.length === 0) this.install(name, pasid, space);
    return call(`attach ${name} pasid ${pasid} -> ${space}`, errnos);
  }

  private install(name: DeviceName, pasid: number, space: SpaceName): void {
    const { category, wire } = DEVICES[name];
    const shared = category === 5 ? this.globals.get(space) : undefined;
    const number = category === 3 ? pasid : (shared?.number ?? this.allocate(wire));
    if (category === 5) this.globals.set(space, { number, users: (shared?.users ?? 0) + 1 });
    this.device(name).attachments.set(pasid, { number, space });
    const users = this.table(wire).get(number)?.users ?? 0;
    this.table(wire).set(number, { space, users: users + 1 });
  }

  detach(name: DeviceName, space: SpaceName): Stated {
    const device = this.device(name);
    const errnos = device.space === space ? [] : ["ENOENT"];
    if (errnos.length === 0) {
      device.space = undefined;
      this.tables.get(DEVICES[name].wire)?.delete(device.defPasid ?? 0);
    }
    return call(`detach ${name} from ${space}`, errnos);
  }

  detachPasid(name: DeviceName, pasid: number, space: SpaceName): Stated | undefined {
    const device = this.device(name);
    const attachment = device.attachments.get(pasid);
    const text = `detach ${name} pasid ${pasid} from ${space}`;
    if (attachment?.space !== space || !device.owner) return call(text, ["ENOENT"]);
    const { category, wire } = DEVICES[name];
    const global = this.globals.get(space);
    if (category === 5 && global) {
      const slots = this.slots[device.owner];
      const last = global.users === 1 && [...slots.values()].includes(global.number);
      const mapped = slots.get(pasid) === global.number;
      // Whether a sibling's attach keeps the slot alive is not decided by the reference.
      if (mapped && !last && this.siblingUses(name, pasid, space)) return undefined;
      if (last || mapped) return call(text, ["EBUSY"]);
    }
    device.attachments.delete(pasid);
    this.release(category, wire, attachment.number, space);
    return call(text, []);
  }

  private release(category: number, wire: Wire, number: number, space: SpaceName): void {
    const entry = this.table(wire).get(number);
    if (entry && --entry.users === 0) this.table(wire).delete(number);
    if (category === 4) this.pool(wire).delete(number);
    const global = this.globals.get(space);
    if (category !== 5 || !global || --global.users > 0) return;
    this.pool(wire).delete(number);
    this.globals.delete(space);
  }

  kvmMap(pasid: number, space: SpaceName): Stated {
    const guest = ownerOf(space);
    const number = this.globals.get(space)?.number;
    const current = this.slots[guest].get(pasid);
    const errnos: string[] = [];
    if (!this.hasMediated(guest) && this.device("v3e").owner === guest) errnos.push("EINVAL");
    if (number === undefined) errnos.push("ENOENT");
    else if (current !== undefined && current !== number) errnos.push("EEXIST");
    if (errnos.length === 0 && number !== undefined) {
      this.slots[guest].set(pasid, number);
      if (!this.translation[guest].set) this.translation[guest].on = true;
    }
    return call(`kvm map ${guest} pasid ${pasid} -> ${space}`, errnos);
  }

  kvmUnmap(pasid: number, guest: Guest): Stated {
    const known = this.slots[guest].delete(pasid);
    return call(`kvm unmap ${guest} pasid ${pasid}`, known ? [] : ["ENOENT"]);
  }

  kvmTranslation(guest: Guest, on: boolean): Stated {
    this.translation[guest] = { on, set: true };
    return call(`kvm translation ${guest} ${on ? "on" : "off"}`, []);
  }

  setPasid(guest: Guest, pasid: number | undefined): Stated {
    this.msr[guest] = pasid;
    return call(`set-pasid p${guest.toLowerCase()} ${pasid ?? "none"}`, []);
  }

  enqcmd(name: DeviceName, guest: Guest): Stated {
    const text = `enqcmd p${guest.toLowerCase()} to ${name} read 0x10`;
    const pasid = this.msr[guest];
    return pasid === undefined
      ? { text, expected: { kind: "gp" } }
      : { text, expected: this.portal(name, guest, pasid) };
  }

  enqcmds(name: DeviceName, guest: Guest, pasid: number): Stated {
    const text = `enqcmds ${guest} pasid ${pasid} to ${name} read 0x10`;
    return { text, expected: this.portal(name, guest, pasid) };
  }

  private portal(name: DeviceName, guest: Guest, pasid: number): Expected {
    const { category, wire, enqcmd } = DEVICES[name];
    const { on } = this.translation[guest];
    const number = on ? this.slots[guest].get(pasid) : pasid;
    if (number === undefined) return { kind: "vm-exit" };
    if (this.device(name).owner !== guest) return { kind: "portal-refused" };
    if (category === 4) return { kind: "call", errnos: ["EOPNOTSUPP"] };
    if (!enqcmd || (category === 5 && !on)) return { kind: "portal-refused" };
    return this.bus(wire, number);
  }

  dma(name: DeviceName): Stated {
    const { category, wire } = DEVICES[name];
    const { space, defPasid } = this.device(name);
    const text = `dma ${name} read 0x10`;
    if (category !== 1) return { text, expected: this.bus(wire, defPasid) };
    if (space) return { text, expected: { kind: "reached", wire: undefined, space } };
    return { text, expected: { kind: "fault", name: "no-pasid-entry", wire: undefined } };
  }

  dmaPasid(name: DeviceName, pasid: number): Stated | undefined {
    const { category, wire } = DEVICES[name];
    const text = `dma ${name} pasid ${pasid} read 0x10`;
    const refused = (reason: string): Stated => ({
      text,
      expected: { kind: "fault", name: reason, wire: undefined },
    });
    if (category < 2) return refused("device-cannot-issue-pasid");
    if (category === 2) return refused("guest-pasid-not-accepted");
    // PASID 0 on the wire against the slot of requests without one: the reference says nothing.
    if (category === 3) return pasid === 0 ? undefined : { text, expected: this.bus(wire, pasid) };
    const attachment = this.device(name).attachments.get(pasid);
    return attachment
      ? { text, expected: this.bus(wire, attachment.number) }
      : refused("vpasid-not-registered");
  }

  private bus(wire: Wire, number: number | undefined): Expected {
    const entry = this.table(wire).get(number ?? 0);
    return entry
      ? { kind: "reached", wire: number, space: entry.space }
      : { kind: "fault", name: "no-pasid-entry", wire: number };
  }

  private boundErrnos(device: DeviceState, space: SpaceName): string[] {
    if (!device.owner) return ["EINVAL"];
    return device.owner === ownerOf(space) ? [] : ["ENOENT"];
  }

  private siblingUses(name: DeviceName, pasid: number, space: SpaceName): boolean {
    const owner = this.device(name).owner;
    return deviceNames().some((other) => {
      const device = this.device(other);
      if (other === name || DEVICES[other].category !== 5 || device.owner !== owner) return false;
      return device.attachments.get(pasid)?.space === space;
    });
  }

  private hasMediated(guest: Guest): boolean {
    return deviceNames().some((name) => DEVICES[name].category === 5 && this.device(name).owner === guest);
  }

  /** P and Q host devices of category 5, so their numbers are global (N4). */
  private pool(wire: Wire): Set<number> {
    return found(this.pools, wire === "P" || wire === "Q" ? "global" : wire, () => new Set<number>());
  }

  private allocate(wire: Wire): number {
    const pool = this.pool(wire);
    let number = 1;
    while (pool.has(number)) number += 1;
    pool.add(number);
    return number;
  }

  private table(wire: Wire): Map<number, { space: SpaceName; users: number }> {
    return found(this.tables, wire, () => new Map());
  }

  private device(name: DeviceName): DeviceState {
    return this.devices.get(name)!;
  }
}

export function deviceNames(): DeviceName[] {
  return Object.keys(DEVICES) as DeviceName[];
}

export function ownerOf(space: SpaceName): Guest {
  return space.startsWith("a") ? "A" : "B";
}

function call(text: string, errnos: readonly string[]): Stated {
  return { text, expected: { kind: "call", errnos } };
}

function found<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

import type { Machine } from "../../../simulator/index.js";
import { guestEntryRows, mappingRows } from "../../../simulator/index.js";
import { groupedHex } from "../../run/words.js";
import type { Part } from "../draft.js";
import { accessText, rangeText } from "../text.js";
import type { Plan, PlannedSpace } from "./plan.js";

/** Where an object is made: what is written before the statement that needs it, and the machine of then. */
export interface Site {
  readonly parts: Part[];
  /** The machine of the RFC before the statement. */
  readonly machine: Machine;
  readonly inScenario: boolean;
}

/** Everything that was made so far; a scenario goes on from a copy of that of the start state. */
interface Made {
  /** Page tables by space and IOMMU. */
  readonly tables: Map<string, string>;
  readonly viommus: Map<string, string>;
  readonly vdevices: Map<string, string>;
  readonly queues: Map<number, string>;
  /** Names that were given, with their owners. */
  readonly given: Set<string>;
}

/** The objects that iommufd has apart, made when a statement first needs them. */
export class Objects {
  private made: Made = {
    tables: new Map(),
    viommus: new Map(),
    vdevices: new Map(),
    queues: new Map(),
    given: new Set(),
  };
  /** Spaces that have a page table somewhere. */
  readonly used = new Set<number>();

  /** @param isTaken whether a name stands in the file, of an owner or of all */
  constructor(
    private readonly plan: Plan,
    private readonly isTaken: (owner: string, name: string) => boolean,
  ) {}

  /** Goes on with a copy of what there is. @returns puts back what there was */
  fork(): () => void {
    const before = this.made;
    const { tables, viommus, vdevices, queues, given } = before;
    this.made = {
      tables: new Map(tables),
      viommus: new Map(viommus),
      vdevices: new Map(vdevices),
      queues: new Map(queues),
      given: new Set(given),
    };
    return () => {
      this.made = before;
    };
  }

  /**
   * What a device is attached to for a space.
   * @returns its name, or `undefined` where no device of the owner is bound that a table could be made for
   */
  target(site: Site, space: number, device: number): string | undefined {
    const { iommu } = this.plan.platform.devices[device]!;
    return this.plan.isNested(space)
      ? this.nested(site, space, iommu, device)
      : this.paging(site, space, iommu, device);
  }

  /** The same as far as it was made already: a refused attach needs nothing. */
  known(space: number, device: number): string | undefined {
    const { iommu } = this.plan.platform.devices[device]!;
    const { name } = this.plan.space(space);
    return this.made.tables.get(`${space}:${iommu}`) ?? (this.plan.isNested(space) ? undefined : name);
  }

  /** The page tables of a space behind each IOMMU that there are, in the order in which they were made. */
  tablesOf(space: number): { readonly iommu: number; readonly name: string }[] {
    return [...this.made.tables].flatMap(([key, name]) => {
      const [number, iommu] = key.split(":").map(Number);
      return number === space ? [{ iommu: iommu!, name }] : [];
    });
  }

  /** What an invalidation of a nested page table names: the vIOMMU where there is one. */
  invalidated(space: number, iommu: number, name: string): string {
    return this.made.viommus.get(`${this.plan.space(space).parent}:${iommu}`) ?? name;
  }

  queueOf(owner: number): string | undefined {
    return this.made.queues.get(owner);
  }

  /** Everything that goes with a space, last made first. */
  takeAll(space: number): string[] {
    const names: string[] = [];
    const take = (map: Map<string, string>) => {
      for (const [key, name] of [...map].reverse()) {
        if (!key.startsWith(`${space}:`)) continue;
        names.push(name);
        map.delete(key);
      }
    };
    take(this.made.vdevices);
    take(this.made.viommus);
    take(this.made.tables);
    return names;
  }

  /** The page table of an IOAS behind an IOMMU, or the IOAS itself where an attach makes one. */
  private paging(site: Site, space: number, iommu: number, device: number): string | undefined {
    const { plan } = this;
    const { name, owner } = plan.space(space);
    const isSoftware = plan.platform.devices[device]!.category === 1;
    if (isSoftware || !plan.needsTable(space, iommu)) return name;
    const known = this.made.tables.get(`${space}:${iommu}`);
    if (known) return known;
    const user = this.boundDevice(site, owner, iommu, device);
    if (user === undefined) return name;
    const table = this.fresh(owner, this.numbered(`${name}-s2`, space, iommu));
    const flags = [
      plan.isParent(space, iommu) && this.nests(iommu) && "nest-parent",
      plan.hasPasids(space, iommu) && "pasid",
    ];
    this.add(site, owner, "hwpt", table, `on ${this.ref(site, owner, name)} for ${user}`, flags);
    this.made.tables.set(`${space}:${iommu}`, table);
    return table;
  }

  /** The nested page table of a space behind an IOMMU, with what the guest has written in it so far. */
  nested(site: Site, number: number, iommu: number, device?: number): string | undefined {
    const { plan } = this;
    const space = plan.space(number);
    const known = this.made.tables.get(`${number}:${iommu}`);
    const { form } = plan.platform.iommus[iommu]!;
    const user = this.boundDevice(site, space.owner, iommu, device);
    if (user === undefined || (form === "vtd" && space.kind === "pasid-table")) return known;
    const on = this.stage2(site, space, iommu, device, user);
    if (known || on === undefined) return known;
    const { owner } = space;
    const isFirst = this.tablesOf(number).length === 0;
    const table = isFirst ? space.name : this.fresh(owner, this.numbered(space.name, number, iommu));
    const queue = plan.hasPageRequests(iommu) ? this.queue(site, owner) : undefined;
    const data = form === "vtd" ? "vtd-s1" : form;
    const words = [
      plan.hasPasids(plan.ioasOf(number), iommu) && "pasid",
      queue !== undefined && `fault ${this.ref(site, owner, queue)}`,
      `data ${data}`,
      space.at && `{ at ${groupedHex(space.at)} }`,
      this.contents(site, number),
    ];
    this.add(site, owner, "hwpt", table, `on ${this.ref(site, owner, on)} for ${user}`, words);
    this.made.tables.set(`${number}:${iommu}`, table);
    this.used.add(number);
    this.writeEntries(site, number, iommu, table);
    return table;
  }

  /** What a nested page table stands on: the second stage, or a vIOMMU on it that knows the device. */
  private stage2(
    site: Site,
    space: PlannedSpace,
    iommu: number,
    device: number | undefined,
    user: string,
  ): string | undefined {
    const { plan } = this;
    const { owner } = space;
    const parent = space.parent!;
    const first = device ?? plan.platform.devices.findIndex(({ name }) => name === user);
    const on = this.target(site, parent, first);
    if (on === undefined || plan.platform.iommus[iommu]!.form !== "smmuv3") return on;
    const key = `${parent}:${iommu}`;
    let viommu = this.made.viommus.get(key);
    if (viommu === undefined) {
      viommu = this.fresh(owner, `${plan.space(parent).name}-viommu`);
      this.add(site, owner, "viommu", viommu, `on ${this.ref(site, owner, on)} for ${user}`, []);
      this.made.viommus.set(key, viommu);
    }
    const { name, rid } = plan.platform.devices[first]!;
    if (!this.made.vdevices.has(`${parent}:${first}`)) {
      const vdevice = this.fresh(owner, `${name}-vdevice`);
      const id = `0x${(rid & 0xffff).toString(16)}`;
      this.add(
        site,
        owner,
        "vdevice",
        vdevice,
        `in ${this.ref(site, owner, viommu)} for ${name} id ${id}`,
        [],
      );
      this.made.vdevices.set(`${parent}:${first}`, vdevice);
    }
    return viommu;
  }

  private queue(site: Site, owner: number): string {
    const known = this.made.queues.get(owner);
    if (known) return known;
    const queue = this.fresh(owner, "faults");
    this.add(site, owner, "fault-queue", queue, "", []);
    this.made.queues.set(owner, queue);
    return queue;
  }

  private contents({ machine }: Site, space: number): string | undefined {
    const size = machine.spaces.get(space)?.ranges.size ?? 0;
    if (size === 0) return undefined;
    const lines = mappingRows(machine, space, 0, size).map(
      (row) => `pte ${rangeText(row)} -> ${groupedHex(row.target)}${accessText(row.access)}`,
    );
    return `{ ${lines.join("  ")} }`;
  }

  private writeEntries(site: Site, space: number, iommu: number, table: string): void {
    const size = site.machine.spaces.get(space)?.entries.size ?? 0;
    if (size === 0) return;
    for (const { pasid, space: target } of guestEntryRows(site.machine, space, 0, size)) {
      const name = this.nested(site, target, iommu);
      if (name === undefined) continue;
      const { owner } = this.plan.space(space);
      const text = `entry ${this.ref(site, owner, table)} ${pasid} -> ${this.ref(site, owner, name)}`;
      site.parts.push({ role: "made", text, outcome: "", original: undefined, migrated: false });
    }
  }

  private add(
    site: Site,
    owner: number,
    kind: string,
    name: string,
    rest: string,
    words: readonly (string | false | undefined)[],
  ): void {
    const text = [kind, this.ref(site, owner, name), rest, ...words].filter((word) => word).join(" ");
    site.parts.push({ role: "made", text, outcome: "", original: undefined, migrated: false });
  }

  /** A name as it is written at a site: in a scenario with its owner. */
  ref({ inScenario }: Pick<Site, "inScenario">, owner: number, name: string): string {
    return inScenario ? `${this.plan.platform.owners[owner]!.name}.${name}` : name;
  }

  private boundDevice(
    { machine }: Site,
    owner: number,
    iommu: number,
    device: number | undefined,
  ): string | undefined {
    const { devices } = this.plan.platform;
    const isBound = (index: number) => machine.device(index).bound.some((each) => each.owner === owner);
    if (device !== undefined && isBound(device)) return devices[device]!.name;
    return devices.find((each, index) => each.iommu === iommu && each.category !== 1 && isBound(index))?.name;
  }

  private nests(iommu: number): boolean {
    return this.plan.platform.iommus[iommu]!.nesting === "hardware";
  }

  private numbered(base: string, space: number, iommu: number): string {
    return this.tablesOf(space).length === 0 ? base : `${base}-${this.plan.platform.iommus[iommu]!.name}`;
  }

  /** A name that its owner has not given yet. */
  private fresh(owner: number, base: string): string {
    const { name: ownerName } = this.plan.platform.owners[owner]!;
    let name = base;
    for (let count = 2; ; count += 1) {
      if (!this.isTaken(ownerName, name) && !this.made.given.has(`${ownerName}.${name}`)) break;
      name = `${base}-${count}`;
    }
    this.made.given.add(`${ownerName}.${name}`);
    return name;
  }
}

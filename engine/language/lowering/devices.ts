import type { Category, Device, Iommu } from "../../simulator/index.js";
import { type Entry, IOMMUS, PDEVS } from "../names/definition.js";
import type { SourceItem } from "../names/load.js";
import { GLOBAL } from "../names/names.js";
import type { VirtualFunction } from "../rules/shape.js";
import type { MdevDeclaration, PdevDeclaration, Property } from "../syntax/index.js";
import { type Context, has, propertyOf } from "./context.js";

/** Bits of the widest PASID that PCIe has. */
const WIDEST = 20;

/** A declared function or slice on its way to the platform. */
export type DeviceUnit = { readonly file: string; readonly entry: Entry } & (
  | { readonly kind: "pdev"; readonly item: PdevDeclaration }
  | { readonly kind: "mdev"; readonly item: MdevDeclaration }
);

type Pdev = Extract<DeviceUnit, { kind: "pdev" }>;
type Mdev = Extract<DeviceUnit, { kind: "mdev" }>;

/** What a function can do, as far as it is inherited. */
type Abilities = Pick<Device, "pasidWidth" | "ats" | "pageRequests" | "enqcmd" | "exec" | "priv">;

/** A device without the group that it will be in. */
export type Ungrouped = Omit<Device, "group">;

export interface Devices {
  readonly devices: readonly Ungrouped[];
  readonly virtualFunctions: readonly VirtualFunction[];
}

/** Makes the names of all devices known, in file order. */
export function declareDevices(context: Context, items: readonly SourceItem[]): DeviceUnit[] {
  const units: DeviceUnit[] = [];
  for (const { file, item } of items) {
    if (item.kind !== "pdev" && item.kind !== "mdev") continue;
    const entry = context.declare(file, item, item.kind);
    if (!entry) continue;
    if (item.kind === "pdev") units.push({ kind: "pdev", file, item, entry });
    else units.push({ kind: "mdev", file, item, entry });
  }
  return units;
}

/** The devices of the platform in file order; those that cannot be placed are left out as broken. */
export function lowerDevices(
  context: Context,
  units: readonly DeviceUnit[],
  iommus: readonly Iommu[],
): Devices {
  return new DeviceLowering(context, units, iommus).lower();
}

class DeviceLowering {
  private readonly pdevs: readonly Pdev[];
  private readonly units = new Map<Entry, Pdev>();
  private readonly iommuOf = new Map<Entry, number>();
  private readonly physical = new Map<Entry, Entry>();
  private readonly parents = new Map<Entry, Entry>();
  private readonly abilities = new Map<Entry, Abilities>();
  private readonly virtualFunctions: VirtualFunction[] = [];

  constructor(
    private readonly context: Context,
    private readonly all: readonly DeviceUnit[],
    private readonly iommus: readonly Iommu[],
  ) {
    this.pdevs = all.filter((unit) => unit.kind === "pdev");
    for (const unit of this.pdevs) this.units.set(unit.entry, unit);
  }

  lower(): Devices {
    this.checkAddresses();
    for (const unit of this.pdevs) this.linkPhysical(unit);
    for (const unit of this.pdevs) this.place(unit);
    for (const unit of this.all) if (unit.kind === "mdev") this.linkParent(unit);
    const good = this.all.filter(({ entry }) => !entry.broken);
    for (const [index, { entry }] of good.entries()) entry.index = index;
    const devices = good.map((unit) => (unit.kind === "pdev" ? this.pdev(unit) : this.mdev(unit)));
    return { devices, virtualFunctions: this.virtualFunctions };
  }

  /** A requester id names one function of the host. */
  private checkAddresses(): void {
    const holders = new Map<number, Entry>();
    for (const { file, item, entry } of this.pdevs) {
      const rid = item.address?.rid;
      if (!item.address || rid === undefined) {
        entry.broken = true;
        continue;
      }
      const holder = holders.get(rid);
      if (!holder) {
        holders.set(rid, entry);
        continue;
      }
      const { start, end, text } = item.address;
      const related = [{ span: holder.span, message: `${holder.name} has this address` }];
      const facts = { device: entry.name, address: text, other: holder.name };
      this.context.reporter.report("S058", facts, { file, start, end }, related);
      entry.broken = true;
    }
  }

  private linkPhysical({ file, item, entry }: Pdev): void {
    const name = propertyOf(item.properties, "vf");
    const physical = this.context.names.resolve(file, name, PDEVS, GLOBAL);
    if (!name || !physical) return;
    const above = this.units.get(physical);
    if (physical !== entry && above && !has(above.item.properties, "vf")) {
      this.physical.set(entry, physical);
      return;
    }
    const facts = { device: entry.name, physical: physical.name, self: physical === entry };
    const related = [{ span: physical.span, message: `${physical.name} is declared here` }];
    this.context.reporter.report("S059", facts, { file, start: name.start, end: name.end }, related);
  }

  /** Finds the IOMMU of a function: the stated one, that of its PF, or the only one there is. */
  private place({ file, item, entry }: Pdev): void {
    if (entry.broken) return;
    const physical = this.physical.get(entry);
    const behind = item.iommu ?? (physical && this.units.get(physical)?.item.iommu);
    if (behind) {
      const from = item.iommu ? file : ((physical && this.units.get(physical)?.file) ?? file);
      const known = item.iommu
        ? this.context.names.resolve(from, behind, IOMMUS, GLOBAL)
        : this.context.names.global(behind.text);
      if (known?.kind === "iommu" && known.index !== undefined) this.iommuOf.set(entry, known.index);
      else entry.broken = true;
      return;
    }
    if (this.iommus.length === 1) {
      this.iommuOf.set(entry, 0);
      return;
    }
    const shown = this.iommus.slice(0, 5);
    const candidates = shown.map(({ name }) => name).join(", ");
    const related = shown.flatMap(({ name, origin }) => {
      const declared = this.context.origins[origin];
      return declared ? [{ span: declared, message: `${name} is declared here` }] : [];
    });
    this.context.reporter.report("S057", { device: entry.name, candidates }, entry.span, related);
    entry.broken = true;
  }

  private linkParent({ file, item, entry }: Mdev): void {
    const parent = this.context.names.resolve(file, item.parent, PDEVS, GLOBAL);
    if (parent) this.parents.set(entry, parent);
    else entry.broken = true;
  }

  private abilitiesOf(unit: Pdev): Abilities {
    const known = this.abilities.get(unit.entry);
    if (known) return known;
    const physical = this.physical.get(unit.entry);
    const above = physical && this.units.get(physical);
    const inherited = above && this.abilitiesOf(above);
    const { properties } = unit.item;
    const width = this.context.small(
      unit.file,
      propertyOf(properties, "pasid-width"),
      "pasid-width",
      0,
      WIDEST,
    );
    const abilities: Abilities = {
      // A width that is stated and wrong was reported; the widest one keeps the other rules quiet.
      pasidWidth: width ?? (has(properties, "pasid-width") ? WIDEST : (inherited?.pasidWidth ?? 0)),
      ats: has(properties, "ats") || (inherited?.ats ?? false),
      pageRequests: has(properties, "page-requests") || (inherited?.pageRequests ?? false),
      enqcmd: has(properties, "enqcmd") || (inherited?.enqcmd ?? false),
      exec: has(properties, "exec") || (inherited?.exec ?? false),
      priv: has(properties, "priv") || (inherited?.priv ?? false),
    };
    this.abilities.set(unit.entry, abilities);
    return abilities;
  }

  private pdev(unit: Pdev): Ungrouped {
    const { file, item, entry } = unit;
    const index = entry.index!;
    const physical = this.physical.get(entry)?.index;
    if (physical !== undefined) this.virtualFunctions.push({ device: index, physical });
    return {
      name: entry.name,
      kind: "pdev",
      category: this.category(file, item.properties),
      rid: item.address!.rid!,
      wire: index,
      ...(physical === undefined ? {} : { physicalFunction: physical }),
      iommu: this.iommuOf.get(entry)!,
      ...this.abilitiesOf(unit),
      ...exposure(item.properties),
      origin: this.context.origin(file, item, entry.span.end),
    };
  }

  private mdev({ file, item, entry }: Mdev): Ungrouped {
    const parent = this.parents.get(entry)!;
    const unit = this.units.get(parent)!;
    return {
      name: entry.name,
      kind: "mdev",
      category: this.category(file, item.properties),
      rid: unit.item.address!.rid!,
      wire: parent.index!,
      iommu: this.iommuOf.get(parent)!,
      ...this.abilitiesOf(unit),
      ...exposure(item.properties),
      origin: this.context.origin(file, item, entry.span.end),
    };
  }

  private category(file: string, properties: readonly Property[]): Category | undefined {
    const number = this.context.small(file, propertyOf(properties, "category"), "category", 0, 5);
    return number === undefined ? undefined : (number as Category);
  }
}

/** What a device shows of itself, which nobody inherits. */
function exposure(properties: readonly Property[]): Pick<Device, "queue" | "hidePasid" | "hideEnqcmd"> {
  const hides = (word: string): boolean =>
    properties.some((property) => property.name === "hide" && property.value?.text === word);
  return {
    queue: propertyOf(properties, "queue")?.text,
    hidePasid: hides("pasid"),
    hideEnqcmd: hides("enqcmd"),
  };
}

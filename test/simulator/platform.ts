import { type Address, fromBytes, type Range, rangeOfLength } from "../../engine/address/index.js";
import type {
  Category,
  Device,
  Group,
  Iommu,
  Memory,
  Owner,
  Platform,
  Process,
} from "../../engine/simulator/index.js";

/** A range of bytes, for tests that write small numbers. */
export function bytes(start: number, length: number): Range {
  return rangeOfLength(fromBytes(start), fromBytes(length))!;
}

export function at(address: number): Address {
  return fromBytes(address);
}

const IOMMU: Iommu = {
  name: "vtd",
  form: "vtd",
  format: "vtd",
  pasidWidth: 20,
  addressWidth: 48,
  nesting: "hardware",
  pasidTable: "kernel",
  ats: true,
  pageRequests: true,
  pageSizes: [1, 512, 512 * 512],
  reserved: [bytes(0xfee0_0000, 0x10_0000)],
  noSnoopControl: false,
  dirtyTracking: false,
  noPasid: "bypass",
  origin: 0,
};

/** Builds a platform piece by piece; each piece returns its index. */
export class PlatformBuilder {
  private readonly iommus: Iommu[] = [];
  private readonly devices: Device[] = [];
  private readonly groups: Group[] = [];
  private readonly owners: Owner[] = [];
  private readonly memories: Memory[] = [];
  private readonly processes: Process[] = [];
  private nextPhysical = 0x1_0000_0000;

  constructor(private readonly settings: Partial<Platform> = {}) {}

  iommu(changes: Partial<Iommu> = {}): number {
    return this.iommus.push({ ...IOMMU, ...changes }) - 1;
  }

  pdev(name: string, category: Category | undefined, changes: Partial<Device> = {}): number {
    const index = this.devices.length;
    this.groups.push({ name: undefined, members: [index], origin: 0 });
    this.devices.push({
      name,
      kind: "pdev",
      category,
      rid: 0x6a08 + index * 8,
      wire: index,
      iommu: 0,
      pasidWidth: category === 0 ? 0 : 20,
      ats: true,
      pageRequests: false,
      enqcmd: false,
      exec: false,
      priv: false,
      queue: undefined,
      hidePasid: false,
      hideEnqcmd: false,
      group: this.groups.length - 1,
      origin: 0,
      ...changes,
    });
    return index;
  }

  mdev(name: string, parent: number, category: Category, changes: Partial<Device> = {}): number {
    const index = this.devices.length;
    this.groups.push({ name: undefined, members: [index], origin: 0 });
    this.devices.push({
      ...this.devices[parent]!,
      name,
      kind: "mdev",
      category,
      wire: parent,
      queue: category === 5 ? "shared" : undefined,
      group: this.groups.length - 1,
      ...changes,
    });
    return index;
  }

  /** Puts pdevs of groups of their own into one group. */
  group(name: string, members: readonly number[]): void {
    this.groups.push({ name, members, origin: 0 });
    for (const member of members) {
      this.devices[member] = { ...this.devices[member]!, group: this.groups.length - 1 };
    }
  }

  owner(name: string, kind: Owner["kind"] = "guest", viommuPasidWidth?: number): number {
    return this.owners.push({ name, kind, viommuPasidWidth, origin: 0 }) - 1;
  }

  memory(owner: number, name: string, virtual: Range): number {
    const physical = fromBytes(this.nextPhysical);
    this.nextPhysical += 0x4000_0000;
    return this.memories.push({ name, owner, virtual, physical, origin: 0 }) - 1;
  }

  process(owner: number, name: string, pasid: number | undefined): number {
    return this.processes.push({ name, owner, pasid, origin: 0 }) - 1;
  }

  build(): Platform {
    return {
      uapi: "v2",
      uapiOrigin: -1,
      pasidPolicy: "precise",
      kvmMap: "ioasid",
      iommus: this.iommus,
      cpu: { enqcmd: true, pasidTranslation: true, origin: 0 },
      devices: this.devices,
      groups: this.groups,
      owners: this.owners,
      memories: this.memories,
      processes: this.processes,
      ...this.settings,
    };
  }
}

/**
 * A host with every category: a function of category 0, 3 and 4, a software slice, a parent with slices of
 * category 2, 4 and 5, and a second parent with one of 5; two guests and a native owner.
 */
export function everyCategory(settings: Partial<Platform> = {}, iommu: Partial<Iommu> = {}): Platform {
  const builder = new PlatformBuilder(settings);
  builder.iommu(iommu);
  builder.pdev("disk", 0);
  builder.pdev("nic", 3, { pageRequests: true });
  builder.pdev("gpu", 4);
  const p = builder.pdev("p", undefined, { enqcmd: true, pageRequests: true });
  const q = builder.pdev("q", undefined, { enqcmd: true });
  builder.mdev("soft", p, 1);
  builder.mdev("fixed", p, 2);
  builder.mdev("mediated", p, 4);
  builder.mdev("shared", p, 5);
  builder.mdev("other", q, 5);
  const pair = [builder.pdev("left", 3), builder.pdev("right", 3)];
  builder.group("pair", pair);
  for (const name of ["vm0", "vm1"]) {
    const owner = builder.owner(name);
    builder.memory(owner, "ram", bytes(0x4000_0000, 0x100_0000));
    builder.process(owner, "db", 7);
  }
  const host = builder.owner("host", "native");
  builder.memory(host, "heap", bytes(0x5000_0000, 0x10_0000));
  return builder.build();
}

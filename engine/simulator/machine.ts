import { EpochMap, PageTable } from "../address/index.js";
import { Accelerator, Lines } from "./dma/accelerator.js";
import { Translation } from "./dma/translation.js";
import { emptyIommufd, type IommufdState, ownIommufd } from "./iommufd/state.js";
import { VmxTables } from "./kvm/vmx-table.js";
import type { Platform } from "./platform.js";
import type { DeviceState, GlobalPasid, OwnerState, Space, Stream } from "./state.js";
import { tableFrames, tableWidth } from "./table-shape.js";

/** What a machine and all its forks share: the counter of their epochs, and lines of the accelerator. */
interface Family {
  lastEpoch: number;
  readonly lines: Lines;
}

/**
 * The whole state of a host: devices, spaces, PASID tables, IOTLB, KVM tables. It forks in O(1): every
 * container is shared until one side writes, which copies the touched node (stamped with the epoch of its
 * writer). Reads go through the maps; writes go through the `own…` methods.
 */
export class Machine {
  readonly platform: Platform;
  readonly accelerator: Accelerator;
  readonly translation = new Translation();
  /** Frames of the widest page table of the platform, and of its IOTLBs. */
  readonly tableFrames: number;
  epoch: number;
  devices: EpochMap<DeviceState>;
  owners: EpochMap<OwnerState>;
  /** Spaces by the number that the program gave their name; a freed one is gone. */
  spaces: EpochMap<Space>;
  /** Numbers of spaces that were freed, to tell "freed" from "not made yet". */
  freed: EpochMap<true>;
  /** Global PASIDs in use, from 1 (N8). */
  globalPasids: EpochMap<GlobalPasid>;
  /** IA32_PASID of each guest process; absent when its valid bit is clear. */
  processPasids: EpochMap<number>;
  /** RIDs that have cached anything, so that an invalidation visits no others. */
  cachingRids: EpochMap<true>;
  /** Objects of the iommufd contexts; empty behind the interfaces of the RFC. */
  iommufd: IommufdState;

  private constructor(
    platform: Platform,
    private readonly family: Family,
    source: Machine | undefined,
  ) {
    this.platform = platform;
    this.tableFrames = tableFrames(platform);
    this.accelerator = new Accelerator(family.lines);
    this.epoch = ++family.lastEpoch;
    this.devices = source?.devices ?? EpochMap.empty(this.epoch);
    this.owners = source?.owners ?? EpochMap.empty(this.epoch);
    this.spaces = source?.spaces ?? EpochMap.empty(this.epoch);
    this.freed = source?.freed ?? EpochMap.empty(this.epoch);
    this.globalPasids = source?.globalPasids ?? EpochMap.empty(this.epoch);
    this.processPasids = source?.processPasids ?? EpochMap.empty(this.epoch);
    this.cachingRids = source?.cachingRids ?? EpochMap.empty(this.epoch);
    this.iommufd = source?.iommufd ?? emptyIommufd(this.epoch);
    if (source) this.accelerator.enabled = source.accelerator.enabled;
  }

  /** A host with its hardware and owners, on which nothing has happened yet; `boot` makes one ready for use. */
  static fresh(platform: Platform): Machine {
    const machine = new Machine(platform, { lastEpoch: 0, lines: new Lines() }, undefined);
    for (let index = 0; index < platform.devices.length; index++) {
      machine.devices.set(index, freshDevice(machine.epoch));
    }
    for (let index = 0; index < platform.owners.length; index++) {
      machine.owners.set(index, freshOwner(machine.epoch));
    }
    for (const [index, process] of platform.processes.entries()) {
      if (process.pasid !== undefined) machine.processPasids.set(index, process.pasid);
    }
    return machine;
  }

  /** A second machine in the same state, in O(1); neither sees what the other does from here on. */
  fork(): Machine {
    const fork = new Machine(this.platform, this.family, this);
    this.epoch = ++this.family.lastEpoch;
    return fork;
  }

  /** Takes over the state of `other`, which was forked for it and is not used any more. */
  become(other: Machine): void {
    // The other host may count its epochs apart; a new one must be above every stamp of either side.
    this.family.lastEpoch = Math.max(this.family.lastEpoch, other.family.lastEpoch);
    this.epoch = ++this.family.lastEpoch;
    this.devices = other.devices;
    this.owners = other.owners;
    this.spaces = other.spaces;
    this.freed = other.freed;
    this.globalPasids = other.globalPasids;
    this.processPasids = other.processPasids;
    this.cachingRids = other.cachingRids;
    this.iommufd = other.iommufd;
    this.accelerator.clear();
  }

  device(index: number): DeviceState {
    return this.devices.get(index)!;
  }

  owner(index: number): OwnerState {
    return this.owners.get(index)!;
  }

  ownDevice(index: number): DeviceState {
    const found = this.device(index);
    if (found.epoch === this.epoch) return found;
    const epoch = this.epoch;
    const copy: DeviceState = {
      ...found,
      epoch,
      attachments: found.attachments.own(epoch),
      entries: found.entries.own(epoch),
      defPasids: found.defPasids.own(epoch),
      directory: found.directory.own(epoch),
      streams: found.streams.own(epoch),
    };
    this.devices = this.devices.own(epoch);
    this.devices.set(index, copy);
    return copy;
  }

  ownOwner(index: number): OwnerState {
    const found = this.owner(index);
    if (found.epoch === this.epoch) return found;
    const epoch = this.epoch;
    const copy: OwnerState = {
      ...found,
      epoch,
      devices: found.devices.own(epoch),
      plain: found.plain.own(epoch),
      mediated: found.mediated.own(epoch),
      handles: found.handles.own(epoch),
      registered: found.registered?.own(epoch),
      vmx: found.vmx.own(epoch),
      kvmSpaces: found.kvmSpaces.own(epoch),
    };
    this.owners = this.owners.own(epoch);
    this.owners.set(index, copy);
    return copy;
  }

  /** The caller knows that the space exists. */
  ownSpace(number: number): Space {
    const found = this.spaces.get(number)!;
    if (found.epoch === this.epoch) return found;
    const epoch = this.epoch;
    const copy: Space = {
      ...found,
      epoch,
      ranges: found.ranges.own(epoch),
      pages: found.pages.own(epoch),
      entries: found.entries.own(epoch),
      children: found.children.own(epoch),
      users: found.users.own(epoch),
      units: found.units.own(epoch),
    };
    this.spaces = this.spaces.own(epoch);
    this.spaces.set(number, copy);
    return copy;
  }

  addSpace(space: Space): void {
    this.spaces = this.spaces.own(this.epoch);
    this.spaces.set(space.number, space);
  }

  removeSpace(number: number): void {
    this.spaces = this.spaces.own(this.epoch);
    this.spaces.delete(number);
    this.freed = this.freed.own(this.epoch);
    this.freed.set(number, true);
  }

  ownIommufd(): IommufdState {
    this.iommufd = ownIommufd(this.iommufd, this.epoch);
    return this.iommufd;
  }

  ownGlobalPasids(): EpochMap<GlobalPasid> {
    this.globalPasids = this.globalPasids.own(this.epoch);
    return this.globalPasids;
  }

  ownProcessPasids(): EpochMap<number> {
    this.processPasids = this.processPasids.own(this.epoch);
    return this.processPasids;
  }

  /** The writable caches of (RID, PASID), made when there are none. */
  ownStream(wire: number, slot: number, space: number): Stream {
    const device = this.ownDevice(wire);
    const found = device.streams.get(slot);
    const known = found?.space === space ? found : undefined;
    if (known?.epoch === this.epoch) return known;
    const iotlb =
      known?.iotlb.own(this.epoch) ?? PageTable.empty(this.epoch, tableWidth(this.platform), IOTLB_LEAVES);
    const kind = this.spaces.get(space)?.kind;
    const firstStage = kind !== "root" && kind !== "shadow";
    // A copy for another epoch knows no more than its origin did: a dropped entry stays dropped.
    const cached = known?.cached ?? true;
    const stream: Stream = { epoch: this.epoch, space, firstStage, cached, iotlb };
    device.streams.set(slot, stream);
    if (!this.cachingRids.has(wire)) {
      this.cachingRids = this.cachingRids.own(this.epoch);
      this.cachingRids.set(wire, true);
    }
    return stream;
  }
}

/** The IOTLB keeps what a walk gave: blocks of any power of two up to 1 GiB, in frames. */
const IOTLB_LEAVES = [1, 512, 512 * 512];

function freshDevice(epoch: number): DeviceState {
  return {
    epoch,
    bound: [],
    defPasid: undefined,
    defaults: [],
    attachments: EpochMap.empty(epoch),
    entries: EpochMap.empty(epoch),
    defPasids: EpochMap.empty(epoch),
    directory: EpochMap.empty(epoch),
    guestTable: undefined,
    streams: EpochMap.empty(epoch),
  };
}

function freshOwner(epoch: number): OwnerState {
  return {
    epoch,
    devices: EpochMap.empty(epoch),
    plain: EpochMap.empty(epoch),
    mediated: EpochMap.empty(epoch),
    handles: EpochMap.empty(epoch),
    registered: undefined,
    vmx: VmxTables.empty(epoch),
    kvmSpaces: EpochMap.empty(epoch),
    translation: "off",
    translationSet: false,
    mmPasid: undefined,
    mmUsers: 0,
  };
}

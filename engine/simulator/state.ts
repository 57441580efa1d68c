import type { EpochMap, PageTable, Range, RangeMap } from "../address/index.js";
import type { Fault } from "./fault.js";
import type { VmxTables } from "./kvm/vmx-table.js";
import type { UserTable } from "./operation.js";
import type { Origin } from "./platform.js";

/** Where a physical PASID was taken from, and so where it goes back to. */
export type Namespace = "rid" | "global" | "delegated";

/** A number of the host-wide pool that is in use. */
export interface GlobalPasid {
  /** The device or owner that took it last, as text for people. */
  readonly holder: string;
  /** Holders that must give it back; more than one only after an allowed P006. */
  readonly claims: number;
}

/** A vPASID of a device and the space behind it. */
export interface Attachment {
  readonly pasid: number;
  /** Number on the wire; `undefined` where the guest owns the PASID table and the kernel only keeps track. */
  readonly physical: number | undefined;
  readonly space: number;
  readonly namespace: Namespace;
  readonly origin: Origin;
}

/** A space attached without a vPASID. The last of a device's list is the one its requests are routed to. */
export interface DefaultAttachment {
  readonly space: number;
  readonly origin: Origin;
}

/** A present entry of a RID's PASID table, as the kernel wrote it. */
export interface PasidEntry {
  /** The space whose page table it points to; -1 for the page table of a host process. */
  readonly space: number;
  /** The native owner whose process it is, for `space` -1. */
  readonly process: number;
  readonly use: "default" | "defPASID" | "attached" | "sva";
  readonly device: number;
  readonly pasid: number | undefined;
  readonly namespace: "rid" | "global";
  /** Attachments that share the entry: siblings of category 5 on one parent, same space. */
  readonly users: number;
  readonly origin: Origin;
}

/** What the IOMMU has cached for one (RID, PASID): the PASID-table entry, and translations made through it. */
export interface Stream {
  epoch: number;
  /** Space of the cached PASID-table entry. */
  space: number;
  /** Its first stage takes canonical addresses; a second stage alone counts from 0. */
  readonly firstStage: boolean;
  /** The cached entry is still in use; cleared by an invalidation of the PASID cache. */
  cached: boolean;
  /** The IOTLB: unbounded, whole leaves, host-physical targets. */
  iotlb: PageTable;
}

/** A device as its drivers left it. The fields from `entries` on belong to the RID, so to a pdev. */
export interface DeviceState {
  epoch: number;
  /** Owners whose fd it is bound to; one in v1, several in v2. */
  bound: readonly { readonly owner: number; readonly origin: Origin }[];
  /** Kernel-chosen PASID of an mdev's default space; `undefined` without one, or when none was left. */
  defPasid: number | undefined;
  defaults: readonly DefaultAttachment[];
  attachments: EpochMap<Attachment>;
  entries: EpochMap<PasidEntry>;
  /** defPASIDs of the slices of this parent, which stay theirs while nothing is attached: number to slice. */
  defPasids: EpochMap<number>;
  /** Directory indices that have a PASID table; the kernel never frees one while the device lives. */
  directory: EpochMap<true>;
  /** The guest's own PASID table, where the platform delegates it. */
  guestTable: number | undefined;
  streams: EpochMap<Stream>;
}

/** A DMA that waits for a page response. */
export interface PageRequest {
  readonly device: number;
  readonly wire: number;
  /** PASID on the wire. */
  readonly physical: number | undefined;
  /** vPASID that the guest used. */
  readonly pasid: number | undefined;
  readonly range: Range;
  readonly access: number;
  readonly priv: boolean;
  /** The statement that asked for it. */
  readonly origin: Origin;
  readonly fault: Fault;
  /** iommufd: number of the fault queue that it waits in. */
  readonly queue?: number | undefined;
}

/** Who builds the table of a space, and how it is walked. */
export type SpaceKind =
  /** Kernel-managed root: MAP and UNMAP of the owner's memory. */
  | "root"
  /** Kernel-managed child: the kernel merges it with its parents into one table. */
  | "shadow"
  /** The guest's page table, walked before the parent's. */
  | "page-table"
  /** The guest's PASID table of a RID. */
  | "pasid-table"
  /** v1 child under hardware nesting, before a table is bound to it. */
  | "unbound";

/** An entry of a guest's own PASID table. */
export interface GuestEntry {
  readonly space: number;
  readonly origin: Origin;
}

/** An IOASID: what is mapped, the table derived from it, and who uses it. */
export interface Space {
  epoch: number;
  readonly number: number;
  readonly name: string;
  /** The handle that IOASID_ALLOC returned: local to the fd, lowest free number from 1. */
  readonly id: number;
  readonly owner: number;
  /** Number of the parent space; -1 for a root. */
  readonly parent: number;
  kind: SpaceKind;
  table: UserTable | undefined;
  /** The truth: what MAP made, or what the guest wrote in its page table. */
  ranges: RangeMap;
  /** What hardware walks: to host-physical frames for kernel tables, to parent addresses for the guest's. */
  pages: PageTable;
  entries: EpochMap<GuestEntry>;
  children: EpochMap<true>;
  /** Device to number of its attachments here. */
  users: EpochMap<number>;
  /** IOMMU to number of attachments behind it, so that a MAP need not look at every device. */
  units: EpochMap<number>;
  /** The one global PASID of the space (N6), and how many category-5 attachments hold it. */
  globalPasid: number | undefined;
  globalUsers: number;
  pending: readonly PageRequest[];
  readonly origin: Origin;
}

/** A VMM or a user-space driver: its fd, its handles, and what KVM keeps for it. */
export interface OwnerState {
  epoch: number;
  /** Devices that are bound to its fd. */
  devices: EpochMap<true>;
  /** Those of them that expose ENQCMD, by who translates: nobody, or the CPU (the two sides of G2). */
  plain: EpochMap<true>;
  mediated: EpochMap<true>;
  /** IOASID handles in use: handle to space number. */
  handles: EpochMap<number>;
  /** Pinned and accounted memory (v1), by virtual address; `undefined` until the first IOASID_REGISTER_MEMORY. */
  registered: RangeMap | undefined;
  vmx: VmxTables;
  /** Space that each vPASID was mapped to by KVM_MAP_PASID, for people; the CPU knows only numbers. */
  kvmSpaces: EpochMap<number>;
  translation: "off" | "on";
  /** A statement set `translation`, so that the first KVM_MAP_PASID no longer turns it on. */
  translationSet: boolean;
  /** PASID of the host process of a native owner; one per mm, shared by all its devices. */
  mmPasid: number | undefined;
  mmUsers: number;
}

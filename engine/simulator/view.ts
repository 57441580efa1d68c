import type { Address, Range } from "../address/index.js";
import type { Origin } from "./platform.js";
import type { SpaceKind } from "./state.js";

/** One present entry of the PASID table of a RID, as the hardware holds it. */
export interface PasidTableRow {
  /** Index of the device whose RID owns the table. */
  readonly wire: number;
  /** Number in the table; 0 is the slot of requests without PASID. */
  readonly physical: number;
  /** The device that the entry was made for, and the vPASID it asked for. */
  readonly device: number;
  readonly pasid: number | undefined;
  /**
   * "default": RID attach; "defPASID": default space of an mdev; "attached": a vPASID; "sva": a host
   * process; "guest": an entry that the guest wrote in its own table.
   */
  readonly use: "default" | "defPASID" | "attached" | "sva" | "guest";
  /** Name of the space, or of the native owner for "sva". */
  readonly target: string;
  /** Number of the space; -1 for "sva". */
  readonly space: number;
  readonly namespace: "rid" | "global" | "delegated";
  readonly origin: Origin;
}

/** One valid entry of a VM's PASID translation tables (domain.md 4.4). */
export interface KvmRow {
  readonly owner: number;
  readonly pasid: number;
  readonly physical: number;
  readonly directory: "low" | "high";
  readonly directoryIndex: number;
  readonly tableIndex: number;
  readonly space: string;
  readonly origin: Origin;
}

/** A KVM PASID mapping that a category-5 attach makes necessary before ENQCMD. */
export interface KvmRequirement {
  readonly owner: number;
  readonly device: number;
  readonly pasid: number;
  readonly space: string;
  readonly physical: number;
  /** "missing", "present", or "conflict" when the slot holds another number. */
  readonly state: "missing" | "present" | "conflict";
  /** What the slot holds in a conflict. */
  readonly current: number | undefined;
  /** The attach that makes the mapping necessary. */
  readonly origin: Origin;
}

/** What can reach memory: a device's default space, one of its vPASIDs, all of them, or all of an owner. */
export type Endpoint =
  | { readonly kind: "device"; readonly device: number }
  | { readonly kind: "pasid"; readonly device: number; readonly pasid: number }
  | { readonly kind: "any"; readonly device: number }
  | { readonly kind: "owner"; readonly owner: number };

/** One way to host-physical memory that a proof found, with the statements that map it. */
export interface Witness {
  readonly device: number;
  readonly pasid: number | undefined;
  /** Address that the device would issue. */
  readonly address: Address;
  readonly physical: Address;
  readonly origins: readonly Origin[];
  readonly cached: boolean;
}

/** Outcome of `assert isolated`: the first common host-physical range, and how each side gets there. */
export type Isolation =
  | { readonly isolated: true }
  | { readonly isolated: false; readonly shared: Range; readonly a: Witness; readonly b: Witness };

/** Outcome of `assert reaches`: the first address of the region that cannot be reached. */
export type Reachability = { readonly reached: true } | { readonly reached: false; readonly missing: Range };

/** An IOASID that exists. */
export interface SpaceRow {
  readonly number: number;
  readonly name: string;
  /** The handle on its owner's fd. */
  readonly id: number;
  readonly owner: number;
  /** Number of the space that it is nested on; `undefined` for a root. */
  readonly parent: number | undefined;
  /** The IOAS whose map an HWPT is the page table of; `undefined` for everything else. */
  readonly ioas: number | undefined;
  readonly kind: SpaceKind;
  /** Where the guest's own table lies in the parent's space, and its format, where they were stated. */
  readonly at: Address | undefined;
  readonly format: string | undefined;
  /** The one global pPASID of the space (N6). */
  readonly globalPasid: number | undefined;
  /** Requests that wait for a page response. */
  readonly pending: number;
  /** How many mappings it has: of MAP, or entries of a guest's page table. */
  readonly mappings: number;
  /** How many entries it has, for a guest's own PASID table. */
  readonly entries: number;
  readonly origin: Origin;
}

/** A device's way into a space: its default space, or a vPASID. */
export interface AttachmentRow {
  readonly space: number;
  readonly device: number;
  readonly pasid: number | undefined;
  /** Number in the PASID table; `undefined` for routing by RID, in software, or where the guest owns the table. */
  readonly physical: number | undefined;
  /** "none": by RID alone; "software": nothing in the IOMMU. */
  readonly namespace: "none" | "rid" | "global" | "delegated" | "software";
  /** False where a child of the space took over the device's requests, and the attach only grants the right. */
  readonly routed: boolean;
  readonly origin: Origin;
}

/** An entry of a guest's own PASID table. */
export interface GuestEntryRow {
  readonly pasid: number;
  /** Number of the space that it leads to. */
  readonly space: number;
  readonly origin: Origin;
}

/** What an IOMMU has cached for one requester id and PASID. */
export interface StreamRow {
  /** Index of the device whose RID it is. */
  readonly wire: number;
  /** PASID of the requests; that of requests without one is 0, or what the IOMMU keeps for them. */
  readonly slot: number;
  /** Space of the cached PASID-table entry; below 0 for a host process. */
  readonly space: number;
  /** The PASID-table entry is still believed, and not only translations made through it. */
  readonly cached: boolean;
  readonly translations: number;
}

/** One cached translation, in page frames. */
export interface IotlbRow {
  /** First input frame. */
  readonly page: number;
  readonly frames: number;
  /** Host-physical frame of the first one. */
  readonly target: number;
  readonly access: number;
  /** The tables as they stand would not give it. */
  readonly stale: boolean;
}

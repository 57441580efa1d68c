import type { Address, Range } from "../address/index.js";
import type { Origin } from "./platform.js";

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

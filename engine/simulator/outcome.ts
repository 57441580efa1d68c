import type { Address, Range } from "../address/index.js";
import type { Fault } from "./fault.js";
import type { Origin } from "./platform.js";
import type { Refusal, RuleId } from "./refusal.js";

/** What the bus saw of a request. `wire` is the PASID of the TLP; `undefined` for none. */
export interface Wire {
  /** Requester id, or `undefined` where nothing went out (software mdev, refused by the device). */
  readonly rid: number | undefined;
  readonly pasid: number | undefined;
}

/** One stage of a walk as a debugger shows it. */
export interface Stage {
  readonly kind:
    | "device"
    | "cpu-directory"
    | "cpu-table"
    | "driver-table"
    | "context"
    | "pasid-directory"
    | "pasid-table"
    | "iotlb"
    | "table"
    | "first"
    | "second"
    | "permission"
    | "result";
  /** A sentence: what was looked up where, and what came of it. */
  readonly text: string;
  /** Statement that decided this stage: the attach, the map, the `kvm map`. */
  readonly origin: Origin | undefined;
  /** Paging level counted from 1 at the leaf, for "first" and "second". */
  readonly level?: number;
  /** Entry that was looked up, in a page table, a PASID directory or table, or the CPU's. */
  readonly index?: number;
}

/** Something that no refusal says, seen while an operation ran. */
export type Finding =
  | {
      /** The space that a DMA reached is not the one that the owner registered for (device, vPASID). */
      readonly kind: "wrong-space";
      readonly device: string;
      readonly pasid: number | undefined;
      readonly reached: string;
      readonly registered: string | undefined;
      readonly origin: Origin | undefined;
    }
  | {
      /** A translation came from an IOTLB or PASID cache entry that the tables no longer give. */
      readonly kind: "stale-entry";
      readonly device: string;
      readonly pasid: number | undefined;
      /** The space that the cached answer leads to. */
      readonly space: string;
      /** The guest's PASID table that was changed; `undefined` where the page table of `space` was. */
      readonly table: string | undefined;
      /** The statement that the cached translation came from. */
      readonly origin: Origin | undefined;
      /** The statement that wrote what stands there now; `undefined` where nothing does. */
      readonly changed: Origin | undefined;
    }
  /** A rule that `allow` turned into information. */
  | { readonly kind: "allowed"; readonly refusal: Refusal }
  /** A rule that no call returns as an errno, but that a person must know (P013 as a warning). */
  | { readonly kind: "note"; readonly refusal: Refusal };

/** What came of an operation. */
export type Outcome = {
  readonly findings: readonly Finding[];
  /** The stages of the walk, when a recorder was asked for and there was one. */
  readonly stages?: readonly Stage[];
} & (
  | {
      readonly kind: "ok";
      /** What the call returned or allocated. */
      readonly result?: Result;
    }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | {
      readonly kind: "reached";
      readonly wire: Wire;
      /** Host-physical address of the first byte. */
      readonly physical: Address;
      /** Index of the memory that holds it; `undefined` outside every declared memory. */
      readonly memory: number | undefined;
      readonly space: string;
      /** The IOTLB answered. */
      readonly hit: boolean;
      /** The bytes of a DMA over a range all lie behind one another in host-physical memory. */
      readonly contiguous: boolean;
    }
  | { readonly kind: "fault"; readonly wire: Wire; readonly fault: Fault }
  | { readonly kind: "page-request"; readonly wire: Wire; readonly fault: Fault }
  | { readonly kind: "vm-exit"; readonly reason: 72 | 73; readonly pasid: number; readonly refusal?: Refusal }
  | { readonly kind: "gp"; readonly text: string }
  /** The device's portal did not take the work; nothing went to the wire. */
  | { readonly kind: "portal-refused"; readonly text: string; readonly refusal?: Refusal }
  /** What became of every DMA that a page response resumed, in the order they were pending. */
  | { readonly kind: "responded"; readonly resumed: readonly Outcome[] }
);

/** What a successful call gives back, for the person who asks. */
export type Result =
  | { readonly kind: "ioasid"; readonly id: number }
  | {
      readonly kind: "attachment";
      readonly rid: number;
      readonly pasid: number | undefined;
      readonly physical: number | undefined;
      readonly namespace: "none" | "rid" | "global" | "delegated" | "software";
      /** Behind iommufd the page table that the device is on now. */
      readonly table?: AttachedTable;
    }
  | {
      readonly kind: "kvm-slot";
      readonly pasid: number;
      readonly physical: number;
      readonly already: boolean;
    }
  | { readonly kind: "unmapped"; readonly bytes: Address }
  /** What IOMMU_IOAS_COPY mapped: areas with the virtual address of the owner that each leads to. */
  | { readonly kind: "copied"; readonly owner: number; readonly areas: readonly CopiedArea[] }
  | {
      readonly kind: "capability";
      readonly pasid: boolean;
      readonly delegated: boolean;
      readonly cpu: boolean;
      readonly cpuVirtual: boolean;
      readonly width: number;
    }
  | { readonly kind: "space-info"; readonly facts: readonly string[] }
  /** What a migration made of the pPASIDs of every vPASID that moved, in the order of the attaches. */
  | { readonly kind: "migrated"; readonly moved: readonly MovedPasid[] };

/** The page table that an attach or a replace of iommufd came to. */
export interface AttachedTable {
  readonly number: number;
  readonly name: string;
  /** The kernel made it for an IOAS that was attached. */
  readonly auto: boolean;
  /** This very call made it. */
  readonly made: boolean;
}

export interface CopiedArea extends Range {
  readonly target: Address;
}

/** A vPASID before and after a migration; a number is `undefined` where the guest owns the PASID table. */
export interface MovedPasid {
  readonly device: number;
  readonly pasid: number;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Rules that a refusal can name. */
export type { Refusal, RuleId };

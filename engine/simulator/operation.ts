import type { Address, Range } from "../address/index.js";
import type { Origin } from "./platform.js";

/** Permission bits of a mapping and of an access. */
export const READ = 1;
export const WRITE = 2;
export const EXEC = 4;

/** `rw`: what an access or a mapping holds, in the letters of the language; empty for nothing. */
export function accessLetters(access: number): string {
  return `${access & READ ? "r" : ""}${access & WRITE ? "w" : ""}${access & EXEC ? "x" : ""}`;
}

/** What a user-managed IOASID is the table of, and where that table lies in the parent. */
export interface UserTable {
  readonly kind: "page-table" | "pasid-table";
  /** Address of the table in the parent's space; without it, reads of the table do not pass the second stage. */
  readonly at?: Address;
  /** Name of the table's format; that of the IOMMU when left out. */
  readonly format?: string;
}

/** A place named by a REGION or by a number. */
export type Target =
  | { readonly kind: "memory"; readonly memory: number; readonly offset: Address; readonly length?: Address }
  | { readonly kind: "address"; readonly address: Address };

/** Data of a nested page table by the word of a configuration. */
export type NestedData = "vtd-s1" | "smmuv3" | "amd";

/** Calls that only iommufd has; `space` is the number of the object that the call makes or is about. */
export type IommufdOperation =
  | { kind: "ioas"; owner: number; space: number; name: string }
  | {
      kind: "hwpt";
      owner: number;
      space: number;
      name: string;
      /** The IOAS, the paging HWPT or the vIOMMU. */
      parent: number;
      device: number;
      /** Flags of IOMMU_HWPT_ALLOC. */
      flags: number;
      queue?: number;
      data?: NestedData;
      /** Address of the guest's table in the second stage. */
      at?: Address;
    }
  | { kind: "fault-queue"; owner: number; space: number; name: string }
  | { kind: "viommu"; owner: number; space: number; name: string; parent: number; device: number }
  | {
      kind: "vdevice";
      owner: number;
      space: number;
      name: string;
      parent: number;
      device: number;
      id: Address;
    }
  | { kind: "replace"; owner: number; device: number; space: number; pasid?: number }
  | {
      kind: "copy";
      owner: number;
      space: number;
      range: Range;
      destination: number;
      at: Address;
      access: number;
    }
  | { kind: "allow-iovas"; owner: number; space: number; ranges: readonly Range[] }
  | { kind: "destroy"; owner: number; space: number };

/**
 * One uAPI call, or one hardware or guest event. All references are indices into the `Platform`; `space`
 * is a number that the caller chose for the name: `ioasid` makes it, `free` ends it.
 */
export type Operation = { readonly origin: Origin; readonly allow?: ReadonlySet<string> } & (
  | { kind: "ioasid"; owner: number; space: number; name: string; parent?: number; table?: UserTable }
  | { kind: "free"; owner: number; space: number }
  | { kind: "bind-table"; owner: number; space: number; table: UserTable }
  | { kind: "unbind-table"; owner: number; space: number; table: "page-table" | "pasid-table" }
  | { kind: "map"; owner: number; space: number; range: Range; target: Target; access: number }
  | { kind: "unmap"; owner: number; space: number; range: Range }
  | { kind: "pte"; owner: number; space: number; range: Range; target: Target | undefined; access: number }
  | { kind: "entry"; owner: number; table: number; pasid: number; space: number | undefined }
  | { kind: "invalidate"; owner: number; space: number; range?: Range }
  | { kind: "register"; owner: number; memory: number; offset: Address; length: Address }
  | { kind: "unregister"; owner: number; memory: number; offset: Address; length: Address }
  | { kind: "bind"; owner: number; device: number }
  | { kind: "unbind"; owner: number; device: number }
  | { kind: "attach"; owner: number; device: number; space: number; pasid?: number; physical?: number }
  /** `space` is left out behind iommufd, where a detach takes whatever is attached. */
  | { kind: "detach"; owner: number; device: number; space?: number; pasid?: number }
  | { kind: "sva"; owner: number; device: number; physical?: number }
  | { kind: "kvm-map"; owner: number; pasid: number; space: number }
  | { kind: "kvm-unmap"; owner: number; pasid: number }
  | { kind: "kvm-translation"; owner: number; on: boolean }
  | { kind: "info-space"; owner: number; space: number }
  | { kind: "info-device"; device: number }
  | { kind: "dma"; device: number; pasid?: number; range: Range; access: number; priv: boolean }
  | { kind: "enqcmd"; process: number; device: number; access: number; address: Address }
  | { kind: "enqcmds"; owner: number; pasid: number; device: number; access: number; address: Address }
  | { kind: "set-pasid"; process: number; pasid: number | undefined }
  | {
      kind: "respond";
      owner: number;
      space: number;
      address: Address;
      success: boolean;
      device?: number;
      pasid?: number;
    }
  | { kind: "migrate"; owner: number }
  | IommufdOperation
);

export type OperationKind = Operation["kind"];

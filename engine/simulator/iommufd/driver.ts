import type { Address, Range } from "../../address/index.js";
import type { Call } from "../call.js";
import type { UserTable } from "../operation.js";
import type { Refusal } from "../refusal.js";
import type { BoundDevice, Hwpt, HwptNested, HwptPaging, PagingDomain, Viommu } from "./objects.js";

/** Flags of IOMMU_HWPT_ALLOC. */
export const NEST_PARENT = 1;
export const DIRTY_TRACKING = 2;
export const FAULT_ID_VALID = 4;
export const PASID = 8;

/** Data of a driver in IOMMU_HWPT_ALLOC, IOMMU_VIOMMU_ALLOC or IOMMU_HWPT_INVALIDATE. */
export interface DriverData {
  /** Number of the type in the kernel's headers; 0 for none. */
  readonly type: number;
  /** Bytes that the caller hands over. */
  readonly length: number;
  /** Fields by the name that the header gives them; one that is left out is 0. */
  readonly fields: Readonly<Record<string, number>>;
  /** Address of the guest's table, for the types that have one. */
  readonly at?: Address;
}

export const NO_DATA: DriverData = { type: 0, length: 0, fields: {} };

/** What IOMMU_GET_HW_INFO tells about a device beside what the core knows. */
export interface HardwareInfo {
  readonly type: number;
  readonly length: number;
  readonly capabilities: number;
  /** log2 of the number of PASIDs; 0 for none. */
  readonly maxPasidLog2: number;
}

/** A user-managed table that a driver made. */
export interface NestedDomain {
  readonly table: UserTable;
  readonly cells: readonly number[];
}

/** Who asks for a page table, and how. */
export interface DomainRequest {
  readonly device: BoundDevice;
  /** Flags without FAULT_ID_VALID, which is the core's own. */
  readonly flags: number;
  readonly data: DriverData;
}

/** One entry of IOMMU_HWPT_INVALIDATE, as fields. */
export interface Invalidation {
  readonly type: number;
  readonly fields: Readonly<Record<string, number>>;
  /** Input addresses of the table, for the types that name some; all of them when left out. */
  readonly range?: Range;
}

/**
 * What iommufd asks of an IOMMU driver, as `struct iommu_ops` has it. The rules of the core know no hardware;
 * a driver knows no objects but those that it is given.
 */
export interface IommufdDriver {
  readonly name: string;
  /** The guest may own the PASID table, so that a page request of any PASID goes to the RID's nested table. */
  readonly userPasidTable: boolean;
  /** Type of an invalidation entry. */
  readonly invalidation: number;
  hardware(call: Call, device: number): HardwareInfo;
  /** IOMMU_CAP_DIRTY_TRACKING. */
  tracksDirty(call: Call, device: number): boolean;
  /** PASIDs that a device can use; 0 for none. */
  maxPasids(call: Call, device: number): number;
  allocPaging(call: Call, request: DomainRequest): PagingDomain | Refusal;
  allocNested(
    call: Call,
    request: DomainRequest & { readonly parent: HwptPaging; readonly viommu: Viommu | undefined },
  ): NestedDomain | Refusal;
  /** Whether a device can be attached to a page table of this driver, at a PASID (0 for the RID). */
  checkAttach(call: Call, hwpt: Hwpt, device: BoundDevice, pasid: number): Refusal | undefined;
  /** Whether there is a vIOMMU of a type for a device. */
  hasViommu(call: Call, device: BoundDevice, type: number): boolean;
  invalidateHwpt(call: Call, hwpt: HwptNested, entry: Invalidation): Refusal | undefined;
  invalidateViommu(call: Call, viommu: Viommu, entry: Invalidation): Refusal | undefined;
}

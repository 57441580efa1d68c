import type { Address, Range } from "../address/index.js";
import type { IommufdDriver } from "./iommufd/driver.js";

/** The statement that declared or did something: an integer that only `engine/language` can read. */
export type Origin = number;

/** What the IOMMU does with a request that carries no PASID while a guest owns the PASID table (STE.S1DSS). */
export type NoPasid = "terminate" | "bypass" | "entry-0";

export type Nesting = "hardware" | "software" | "none";

/** An IOMMU as the hardware reports it. */
export interface Iommu {
  readonly name: string;
  /** Which fault codes and table forms it has: VT-d scalable mode, Arm SMMUv3 or AMD. */
  readonly form: "vtd" | "smmuv3" | "amd";
  /** Page table format that a bound table must have; compared by name. */
  readonly format: string;
  /** Bits of a PASID, 0 to 20; 0 means no PASID support. */
  readonly pasidWidth: number;
  /** Bits of an input address, 30 to 64; the walk has ceil((width - 12) / 9) levels. */
  readonly addressWidth: number;
  readonly nesting: Nesting;
  /** Who writes the PASID table: the host kernel (VT-d) or the guest in its own memory (SMMUv3, AMD). */
  readonly pasidTable: "kernel" | "guest";
  readonly ats: boolean;
  readonly pageRequests: boolean;
  /** Page sizes in frames of 4 KiB, ascending, powers of two. */
  readonly pageSizes: readonly number[];
  readonly reserved: readonly Range[];
  readonly noSnoopControl: boolean;
  readonly dirtyTracking: boolean;
  readonly noPasid: NoPasid;
  /** The kernel's driver as iommufd sees it; that of the form when left out. */
  readonly driver?: IommufdDriver;
  readonly origin: Origin;
}

/** What the host CPU can do with ENQCMD (CPUID) and with its PASID (VMX secondary control 21). */
export interface Cpu {
  readonly enqcmd: boolean;
  readonly pasidTranslation: boolean;
  readonly origin: Origin;
}

/** Category 0 to 5 of the list in [T-JG-0528a]. */
export type Category = 0 | 1 | 2 | 3 | 4 | 5;

/** A PCI function, or a mediated slice of one. Indices refer to the arrays of the same `Platform`. */
export interface Device {
  readonly name: string;
  readonly kind: "pdev" | "mdev";
  /** `undefined` for a function that is only the parent of mdevs, or only host hardware. */
  readonly category: Category | undefined;
  /** Requester id: segment << 16 | bus << 8 | device << 3 | function. Of the parent, for an mdev. */
  readonly rid: number;
  /** Index of the device whose RID is on the wire: itself for a pdev, the parent for an mdev. */
  readonly wire: number;
  /** Index of the PF that a VF belongs to; absent for every other function. */
  readonly physicalFunction?: number;
  readonly iommu: number;
  /** Bits of a PASID that the function can send; 0 means no PASID capability. Of the parent, for an mdev. */
  readonly pasidWidth: number;
  readonly ats: boolean;
  readonly pageRequests: boolean;
  /** The function accepts DMWr, so that ENQCMD can reach it. Of the parent, for an mdev. */
  readonly enqcmd: boolean;
  readonly exec: boolean;
  readonly priv: boolean;
  readonly queue: "shared" | "dedicated" | undefined;
  /** The VMM hides the PASID capability from the guest. */
  readonly hidePasid: boolean;
  /** The VMM hides ENQCMD from the guest (G2: the way out of P009). */
  readonly hideEnqcmd: boolean;
  readonly group: number;
  readonly origin: Origin;
}

/** Devices that the fabric cannot tell apart. An mdev is alone in its own. */
export interface Group {
  /** `undefined` for the group of a single device that no `group` statement names. */
  readonly name: string | undefined;
  readonly members: readonly number[];
  readonly origin: Origin;
}

/** Pinned memory of an owner: virtual addresses of the owner, and host-physical memory behind them. */
export interface Memory {
  readonly name: string;
  readonly owner: number;
  readonly virtual: Range;
  /** Host-physical address of the first byte. */
  readonly physical: Address;
  readonly origin: Origin;
}

/** A guest process; IA32_PASID holds its vPASID when it runs. */
export interface Process {
  readonly name: string;
  readonly owner: number;
  readonly pasid: number | undefined;
  readonly origin: Origin;
}

/** A VMM with one IOASID fd and one KVM fd, or a user-space driver with an IOASID fd alone. */
export interface Owner {
  readonly name: string;
  readonly kind: "guest" | "native";
  /** PASID width that the virtual IOMMU announces to the guest; `undefined` when there is none to bind. */
  readonly viommuPasidWidth: number | undefined;
  readonly origin: Origin;
}

export type PasidPolicy = "precise" | "simple";
export type KvmMapMode = "ioasid" | "authorized-set";

/** Everything that is there before the first call, and never changes after. */
export interface Platform {
  readonly uapi: "v1" | "v2" | "iommufd";
  /** The statement that names the version; -1 where none does. */
  readonly uapiOrigin: Origin;
  readonly pasidPolicy: PasidPolicy;
  readonly kvmMap: KvmMapMode;
  readonly iommus: readonly Iommu[];
  readonly cpu: Cpu;
  readonly devices: readonly Device[];
  readonly groups: readonly Group[];
  readonly owners: readonly Owner[];
  readonly memories: readonly Memory[];
  readonly processes: readonly Process[];
}

import type { Address, Range, RangeMap } from "../../address/index.js";
import type { Origin } from "../platform.js";

/** What every object of an iommufd context has. */
interface ObjectBase {
  /** Number that the program gave its name, or that the context drew for an object that it made itself. */
  readonly number: number;
  readonly name: string;
  readonly owner: number;
  /** References that others hold: while there is one, IOMMU_DESTROY answers EBUSY. */
  readonly users: number;
  readonly origin: Origin;
}

/** An IOVA range that nothing may be mapped to, and who keeps it: an HWPT, a device, or a test. */
export interface Reserved extends Range {
  readonly holder: string;
}

/** An IOAS: the map from IOVA to memory that backs any number of page tables. */
export interface Ioas extends ObjectBase {
  readonly type: "ioas";
  /** IOVA to virtual address of the owner; the access of an area also says whether its pages are writable. */
  readonly areas: RangeMap;
  /** Ranges of IOMMU_IOAS_ALLOW_IOVAS, ascending; none means everything. */
  readonly allowed: readonly Range[];
  readonly reserved: readonly Reserved[];
  /** Bytes that IOVA, length and page offset must be multiples of; a power of two up to 4096. */
  readonly alignment: number;
  readonly hugePages: boolean;
  /** Page tables in the order they were made. */
  readonly hwpts: readonly number[];
  readonly accesses: readonly number[];
}

/** What the driver made for a kernel-managed page table. */
export interface PagingDomain {
  /** Bytes of the smallest page: the IOVA alignment that the table asks for. */
  readonly pageSize: number;
  /** IOVAs that the table can translate. */
  readonly aperture: Range;
}

interface HwptBase extends ObjectBase {
  /** Made with IOMMU_HWPT_ALLOC_PASID: devices that use PASIDs may be attached to it. */
  readonly pasid: boolean;
  /** The queue that page requests go to. */
  readonly fault: number | undefined;
  /** Index of the IOMMU that it was made for; its driver's is the page table. */
  readonly iommu: number;
  /** Cells of the driver's own, as its caches. */
  readonly cells: readonly number[];
}

/** A page table that the kernel fills from an IOAS. */
export interface HwptPaging extends HwptBase {
  readonly type: "hwpt-paging";
  readonly ioas: number;
  /** Made by attaching a device to the IOAS; it goes with its last user. */
  readonly auto: boolean;
  readonly nestParent: boolean;
  readonly dirty: boolean;
  readonly domain: PagingDomain;
}

/** A page table, or a PASID table, that the guest writes, on a second stage of the kernel. */
export interface HwptNested extends HwptBase {
  readonly type: "hwpt-nested";
  readonly parent: number;
  readonly viommu: number | undefined;
}

export type Hwpt = HwptPaging | HwptNested;

/** A device bound to the context. */
export interface BoundDevice extends ObjectBase {
  readonly type: "device";
  /** Index in the platform. */
  readonly device: number;
  readonly vdevice: number | undefined;
  /** Cells of the driver's own for the device. */
  readonly cells: readonly number[];
}

/** One page request group, with the attachment that it was raised through. */
export interface PageFault {
  /** Number of the bound device. */
  readonly device: number;
  /** PASID of the request; `undefined` for none. */
  readonly pasid: number | undefined;
  readonly group: number;
  readonly permission: number;
  readonly address: Address;
  readonly handle: number;
}

/** A queue of page requests and its file: read gives them out, write answers them. */
export interface FaultQueue extends ObjectBase {
  readonly type: "fault-queue";
  readonly open: boolean;
  /** Not read yet, oldest first. */
  readonly deliver: readonly PageFault[];
  /** Read and not answered, by cookie. */
  readonly responses: readonly { readonly cookie: number; readonly fault: PageFault }[];
  /** Cookie 0 is given out too: an answer to it took away what kept it from use. */
  readonly givesZero: boolean;
}

/** A slice of a physical IOMMU for one guest. */
export interface Viommu extends ObjectBase {
  readonly type: "viommu";
  readonly hwpt: number;
  /** Index of the IOMMU in the platform. */
  readonly iommu: number;
  readonly vdevices: readonly number[];
}

/** A device behind a vIOMMU, under the id that the guest knows. */
export interface Vdevice extends ObjectBase {
  readonly type: "vdevice";
  readonly viommu: number;
  /** Number of the bound device. */
  readonly device: number;
  readonly virtualId: Address;
}

/** A range that an access has pinned. */
export interface Pin extends Range {
  readonly item: number;
}

/** A user of an IOAS inside the kernel, that reads and writes memory without an IOMMU. */
export interface Access extends ObjectBase {
  readonly type: "access";
  readonly ioas: number;
  readonly pins: boolean;
  readonly pinned: readonly Pin[];
  readonly nextItem: number;
}

/** An object that only a driver of the platform can use: it has an id, and no call takes it. */
export interface DriverObject extends ObjectBase {
  readonly type: "driver-object";
}

export type IommufdObject = Ioas | Hwpt | BoundDevice | FaultQueue | Viommu | Vdevice | Access | DriverObject;

export type ObjectType = IommufdObject["type"];

/** The object of one type. */
export type ObjectOf<T extends ObjectType> = Extract<IommufdObject, { readonly type: T }>;

/** What the devices of an IOMMU group share at one PASID; PASID 0 is their RID. */
export interface GroupAttachment {
  readonly hwpt: number;
  /** Numbers of the bound devices, in the order they were attached. */
  readonly devices: readonly number[];
  /** Tells page requests raised through this attachment from those of an earlier one. */
  readonly handle: number;
  /** The device whose attach wrote the entry: page requests are reported for it. */
  readonly first: number;
  readonly origin: Origin;
}

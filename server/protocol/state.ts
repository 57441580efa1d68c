import type { FaultItem, HistoryItem } from "./debug-state.js";
import type { RangeIn } from "./places.js";

/** Client to server: the state that a file comes to; long lists are cut, and `ioasid/state/page` has the rest. */
export const STATE = "ioasid/state";
export interface StateParams {
  readonly uri: string;
  /** Title of the scenario at whose end the state is wanted; the start state when left out, or when none has it. */
  readonly scenario?: string;
}
export type StateResult =
  | ({ readonly state: "ready" } & FileState)
  /** There is no run of the file: it is too large, somebody stopped it, or the server does not know the file. */
  | { readonly state: "too-large" | "stopped" | "unknown" };

/** Client to server: more of a list of the state. */
export const STATE_PAGE = "ioasid/state/page";
export interface StatePageParams extends StateParams {
  /** Name of the list, as a page of it has it. */
  readonly list: string;
  readonly from: number;
  /** At most this many items. */
  readonly count: number;
}
/** Without items where the state has no such list any more. */
export type StatePageResult = Page<StateItem>;

/** A part of a list, and how long the list is. */
export interface Page<T> {
  readonly list: string;
  /** How many items stand before these. */
  readonly from: number;
  readonly items: readonly T[];
  readonly total: number;
}

export interface FileState {
  /** Title of the scenario at whose end the state is; absent for the start state. */
  readonly scenario?: string | undefined;
  readonly scenarios: readonly { readonly title: string; readonly passed: boolean }[];
  /** A statement of the start state was refused, so this is not all of what the file says. */
  readonly incomplete: boolean;
  /** By category, those without one last. */
  readonly devices: readonly DeviceGroup[];
  readonly owners: Page<OwnerItem>;
  readonly pasidTables: Page<PasidTableItem>;
  readonly guests: Page<GuestItem>;
}

/** Something that was found about an item. */
export interface Problem {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly code: string;
  /** Full sentences; code stands between backquotes. */
  readonly message: string;
  readonly place: RangeIn;
}

/** What every item has. */
interface Item {
  /** The statement that it comes from. */
  readonly place: RangeIn;
}

export interface DeviceGroup {
  /** 0 to 5; absent for host hardware and parents of mdevs. */
  readonly category?: number | undefined;
  /** What devices of the category can do, as a phrase. */
  readonly title: string;
  readonly devices: Page<DeviceItem>;
}

export interface DeviceItem extends Item {
  readonly kind: "device";
  readonly name: string;
  readonly form: "pdev" | "mdev";
  readonly category?: number | undefined;
  /** Requester id on the wire, that of the parent for an mdev. */
  readonly rid: string;
  readonly parent?: string | undefined;
  readonly iommu: string;
  readonly queue?: "shared" | "dedicated" | undefined;
  /** Names of the owners that it is bound to. */
  readonly owners: readonly string[];
  /** Capability flags as its user sees them: `none`, or some of `pasid delegated cpu cpu-virt`. */
  readonly reports: string;
  /** Bits of a vPASID; 0 without PASID. */
  readonly width: number;
  /** What its user must do, as a phrase; empty for a device that nobody can be given. */
  readonly duty: string;
  /** pPASID of its default space, where it has one. */
  readonly defPasid?: number | undefined;
  readonly problems: readonly Problem[];
}

export interface OwnerItem extends Item {
  readonly kind: "owner";
  readonly name: string;
  readonly form: "guest" | "native";
  /** Its root spaces; the others are nested on them. */
  readonly spaces: Page<SpaceItem>;
}

export interface SpaceItem extends Item {
  readonly kind: "space";
  readonly name: string;
  readonly owner: string;
  /** The handle on its owner's fd. */
  readonly id: number;
  readonly form: "root" | "shadow" | "page-table" | "pasid-table" | "unbound";
  /** Who writes its table, as a phrase. */
  readonly managed: string;
  /** The one global pPASID of the space. */
  readonly globalPasid?: number | undefined;
  /** Requests that wait for a page response. */
  readonly pending: number;
  readonly attachments: Page<AttachmentItem>;
  readonly mappings: Page<MappingItem>;
  /** Of a guest's own PASID table. */
  readonly entries: Page<EntryItem>;
  readonly children: Page<SpaceItem>;
  readonly problems: readonly Problem[];
}

export interface AttachmentItem extends Item {
  readonly kind: "attachment";
  readonly device: string;
  /** vPASID; absent for the default space. */
  readonly pasid?: number | undefined;
  readonly ppasid?: number | undefined;
  /** How requests get here: `pPASID 2 · global · RID 6a:01.0`. */
  readonly routing: string;
  /** False where a child of the space took over the device's requests. */
  readonly routed: boolean;
}

export interface MappingItem extends Item {
  readonly kind: "mapping";
  /** `0x0 + 1G`. */
  readonly range: string;
  /** `ram[0x0]` in a root, an address of the parent in a child. */
  readonly target: string;
  /** Letters of `rwx`. */
  readonly access: string;
}

/** An entry that a guest wrote in its own PASID table. */
export interface EntryItem extends Item {
  readonly kind: "entry";
  readonly pasid: number;
  readonly space: string;
}

export interface PasidTableItem extends Item {
  readonly kind: "pasid-table";
  readonly rid: string;
  /** The function whose requester id it is. */
  readonly device: string;
  readonly iommu: string;
  readonly entries: Page<PasidEntryItem>;
}

export interface PasidEntryItem extends Item {
  readonly kind: "pasid-entry";
  /** Absent for requests without a PASID. */
  readonly ppasid?: number | undefined;
  readonly vpasid?: number | undefined;
  readonly device: string;
  readonly space: string;
  /** What made it, as a phrase. */
  readonly use: string;
  /** Where the number was taken from, as a phrase; empty without a PASID. */
  readonly pool: string;
}

export interface GuestItem extends Item {
  readonly kind: "guest";
  readonly name: string;
  /** Whether its CPUs translate the PASID of ENQCMD. */
  readonly translation: "on" | "off";
  readonly mappings: Page<KvmMappingItem>;
}

/** A vPASID of a guest that KVM maps, or has to map. */
export interface KvmMappingItem extends Item {
  readonly kind: "kvm-mapping";
  readonly vpasid: number;
  /** "unneeded": it is there, and no attached device needs it. */
  readonly state: "present" | "unneeded" | "missing" | "conflict";
  /** Where the CPU looks for it. */
  readonly at: KvmIndex;
  /** What the VM's table holds. */
  readonly slot?: KvmSlot | undefined;
  /** Attachments that need it. */
  readonly needs: readonly KvmNeed[];
  /** The statement that would make a missing one. */
  readonly statement?: string | undefined;
}

export interface KvmSlot extends KvmIndex {
  readonly ppasid: number;
  readonly space: string;
}

export interface KvmIndex {
  /** Guest PASID bit 19. */
  readonly directory: "low" | "high";
  /** Guest PASID bits 18:10. */
  readonly directoryIndex: number;
  /** Guest PASID bits 9:0. */
  readonly tableIndex: number;
}

export interface KvmNeed extends Item {
  readonly device: string;
  readonly space: string;
  readonly ppasid: number;
}

/** What an IOMMU has cached for one requester id and PASID; only in the state of a debugger. */
export interface StreamItem extends Item {
  readonly kind: "stream";
  readonly rid: string;
  /** The function whose requester id it is. */
  readonly device: string;
  /** On the wire; absent for requests without one. */
  readonly ppasid?: number | undefined;
  /** The space that the cached PASID-table entry leads to. */
  readonly space: string;
  /** The PASID-table entry is still believed, and not only translations made through it. */
  readonly cached: boolean;
  /** One of the first translations is stale. */
  readonly stale: boolean;
  readonly translations: Page<TranslationItem>;
}

/** A cached translation. */
export interface TranslationItem extends Item {
  readonly kind: "translation";
  /** `0x1000 + 4K`. */
  readonly range: string;
  /** `ram[0x1000]`, or a host-physical address. */
  readonly target: string;
  /** Letters of `rwx`. */
  readonly access: string;
  /** The tables as they stand would not give it. */
  readonly stale: boolean;
}

/** A request that waits for a page response; only in the state of a debugger. */
export interface RequestItem extends Item {
  readonly kind: "request";
  /** The space that the response names. */
  readonly space: string;
  readonly device: string;
  /** vPASID that the guest used. */
  readonly pasid?: number | undefined;
  readonly address: string;
  /** Letters of `rwx`. */
  readonly access: string;
  /** Why the walk ended, as a phrase. */
  readonly fault: string;
  /** By these two a response finds it: number of the space, and place among its requests. */
  readonly spaceNumber: number;
  readonly index: number;
}

/** Anything that stands in a page. */
export type StateItem =
  | DeviceItem
  | OwnerItem
  | SpaceItem
  | AttachmentItem
  | MappingItem
  | EntryItem
  | PasidTableItem
  | PasidEntryItem
  | GuestItem
  | KvmMappingItem
  | StreamItem
  | TranslationItem
  | RequestItem
  | FaultItem
  | HistoryItem;

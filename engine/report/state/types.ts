import type { Severity } from "../../language/index.js";
import type { SpaceKind } from "../../simulator/index.js";

/*
 * The state that a run came to, for views that show it. `P` is how a place in a file is told; everything else
 * is plain values. Lists are given in pages, since a PASID table alone can have a million entries.
 */

/** A part of a list, and how long the list is. */
export interface Page<T> {
  /** By this name more of the list can be asked for. */
  readonly list: string;
  /** How many items stand before these. */
  readonly from: number;
  readonly items: readonly T[];
  readonly total: number;
}

/** What every state of a machine has. */
export interface Tables<P> {
  /** By category, those without one last. */
  readonly devices: readonly DeviceGroup<P>[];
  readonly owners: Page<OwnerItem<P>>;
  readonly pasidTables: Page<PasidTableItem<P>>;
  readonly guests: Page<GuestItem<P>>;
}

/** A machine in the middle of a run: also what it has cached, and what waits. */
export interface MachineState<P> extends Tables<P> {
  readonly streams: Page<StreamItem<P>>;
  readonly requests: Page<RequestItem<P>>;
}

export interface State<P> extends Tables<P> {
  /** Title of the scenario at whose end the state is; `undefined` for the start state. */
  readonly scenario: string | undefined;
  readonly scenarios: readonly { readonly title: string; readonly passed: boolean }[];
  /** A statement of the start state was refused, so this is not all of what the file says. */
  readonly incomplete: boolean;
}

/** Something that was found about an item. */
export interface Problem<P> {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly place: P;
}

interface Item<P> {
  /** What the item comes from. */
  readonly place: P;
}

export interface DeviceGroup<P> {
  /** 0 to 5; `undefined` for host hardware and parents of mdevs. */
  readonly category: number | undefined;
  /** What devices of the category can do, as a phrase. */
  readonly title: string;
  readonly devices: Page<DeviceItem<P>>;
}

export interface DeviceItem<P> extends Item<P> {
  readonly kind: "device";
  readonly name: string;
  readonly form: "pdev" | "mdev";
  readonly category: number | undefined;
  /** Requester id on the wire, that of the parent for an mdev. */
  readonly rid: string;
  /** Of an mdev. */
  readonly parent: string | undefined;
  readonly iommu: string;
  readonly queue: "shared" | "dedicated" | undefined;
  /** Names of the owners that it is bound to. */
  readonly owners: readonly string[];
  /** Capability flags as its user sees them: `none`, or some of `pasid delegated cpu cpu-virt`. */
  readonly reports: string;
  /** Bits of a vPASID; 0 without PASID. */
  readonly width: number;
  /** What its user must do, as a phrase; empty for a device that nobody can be given. */
  readonly duty: string;
  /** pPASID of its default space, where it has one. */
  readonly defPasid: number | undefined;
  readonly problems: readonly Problem<P>[];
}

export interface OwnerItem<P> extends Item<P> {
  readonly kind: "owner";
  readonly name: string;
  readonly form: "guest" | "native";
  /** Its root spaces; the others are nested on them. */
  readonly spaces: Page<SpaceItem<P>>;
}

export interface SpaceItem<P> extends Item<P> {
  readonly kind: "space";
  readonly name: string;
  readonly owner: string;
  /** The handle on its owner's fd. */
  readonly id: number;
  readonly form: SpaceKind;
  /** Who writes its table, as a phrase. */
  readonly managed: string;
  /** The one global pPASID of the space. */
  readonly globalPasid: number | undefined;
  /** Requests that wait for a page response. */
  readonly pending: number;
  readonly attachments: Page<AttachmentItem<P>>;
  readonly mappings: Page<MappingItem<P>>;
  /** Of a guest's own PASID table. */
  readonly entries: Page<EntryItem<P>>;
  readonly children: Page<SpaceItem<P>>;
  readonly problems: readonly Problem<P>[];
}

export interface AttachmentItem<P> extends Item<P> {
  readonly kind: "attachment";
  readonly device: string;
  readonly pasid: number | undefined;
  readonly ppasid: number | undefined;
  /** How requests get here: `pPASID 2 · global · RID 6a:01.0`. */
  readonly routing: string;
  /** False where a child of the space took over the device's requests. */
  readonly routed: boolean;
}

export interface MappingItem<P> extends Item<P> {
  readonly kind: "mapping";
  /** `0x0 + 1G`. */
  readonly range: string;
  /** `ram[0x0]` in a root, an address of the parent in a child. */
  readonly target: string;
  /** Letters of `rwx`. */
  readonly access: string;
}

/** An entry that a guest wrote in its own PASID table. */
export interface EntryItem<P> extends Item<P> {
  readonly kind: "entry";
  readonly pasid: number;
  readonly space: string;
}

export interface PasidTableItem<P> extends Item<P> {
  readonly kind: "pasid-table";
  readonly rid: string;
  /** The function whose requester id it is. */
  readonly device: string;
  readonly iommu: string;
  readonly entries: Page<PasidEntryItem<P>>;
}

export interface PasidEntryItem<P> extends Item<P> {
  readonly kind: "pasid-entry";
  /** `undefined` for requests without a PASID. */
  readonly ppasid: number | undefined;
  readonly vpasid: number | undefined;
  readonly device: string;
  readonly space: string;
  /** What made it, as a phrase. */
  readonly use: string;
  /** Where the number was taken from, as a phrase; empty without a PASID. */
  readonly pool: string;
}

export interface GuestItem<P> extends Item<P> {
  readonly kind: "guest";
  readonly name: string;
  /** Whether its CPUs translate the PASID of ENQCMD. */
  readonly translation: "on" | "off";
  readonly mappings: Page<KvmMappingItem<P>>;
}

/** A vPASID of a guest that KVM maps, or has to map. */
export interface KvmMappingItem<P> extends Item<P> {
  readonly kind: "kvm-mapping";
  readonly vpasid: number;
  /** "unneeded": it is there, and no attached device needs it. */
  readonly state: "present" | "unneeded" | "missing" | "conflict";
  /** Where the CPU looks for it. */
  readonly at: KvmIndex;
  /** What the VM's table holds. */
  readonly slot: KvmSlot | undefined;
  /** Attachments that need it. */
  readonly needs: readonly KvmNeed<P>[];
  /** The statement that would make a missing one. */
  readonly statement: string | undefined;
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

export interface KvmNeed<P> extends Item<P> {
  readonly device: string;
  readonly space: string;
  readonly ppasid: number;
}

/** What an IOMMU has cached for one requester id and PASID. */
export interface StreamItem<P> extends Item<P> {
  readonly kind: "stream";
  readonly rid: string;
  /** The function whose requester id it is. */
  readonly device: string;
  /** On the wire; `undefined` for requests without one. */
  readonly ppasid: number | undefined;
  /** The space that the cached PASID-table entry leads to. */
  readonly space: string;
  /** The PASID-table entry is still believed, and not only translations made through it. */
  readonly cached: boolean;
  /** One of the first translations is stale. */
  readonly stale: boolean;
  readonly translations: Page<TranslationItem<P>>;
}

/** A cached translation. */
export interface TranslationItem<P> extends Item<P> {
  readonly kind: "translation";
  /** `0x1000 + 4K`. */
  readonly range: string;
  /** `vm0.ram[0x1000]`, or a host-physical address. */
  readonly target: string;
  /** Letters of `rwx`. */
  readonly access: string;
  /** The tables as they stand would not give it. */
  readonly stale: boolean;
}

/** A request that waits for a page response. */
export interface RequestItem<P> extends Item<P> {
  readonly kind: "request";
  /** The space that the response names. */
  readonly space: string;
  readonly device: string;
  /** vPASID that the guest used. */
  readonly pasid: number | undefined;
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
export type StateItem<P> =
  | DeviceItem<P>
  | OwnerItem<P>
  | SpaceItem<P>
  | AttachmentItem<P>
  | MappingItem<P>
  | EntryItem<P>
  | PasidTableItem<P>
  | PasidEntryItem<P>
  | GuestItem<P>
  | KvmMappingItem<P>
  | StreamItem<P>
  | TranslationItem<P>
  | RequestItem<P>;

import type { Errno } from "./errno.js";
import type { Origin } from "./platform.js";
import type { SpaceKind } from "./state.js";

/**
 * What each rule says of the case at hand: names as declared, PASIDs as numbers, addresses and ranges as
 * text. The words around them belong to the rule's file in `engine/language/rules`.
 */
export interface RefusalArguments {
  P001: { device: string; category: number; pasid: number; hidden: boolean };
  P002: { device: string; space: string; current: string };
  P003: { device: string; pasid: number; width: number; binding: string };
  P004: { device: string };
  P005: { device: string; pasid: number; space: string; current: string };
  P006: { device: string; rid: string; pasid: number; holder: string };
  P007: { device: string; pool: string; limit: number };
  P008: { device: string; space: string; pasid: number; width: number };
  P009: { owner: string; device: string; plain: string; mediated: string };
  P010: { owner: string; device: string; pasid: number; space: string | undefined; blocked: boolean };
  P011: {
    owner: string;
    pasid: number;
    current: number;
    wanted: number;
    space: string;
    currentSpace: string;
  };
  P012: { owner: string; space: string };
  P013: { owner: string; pasid: number; device: string };
  P014: { owner: string; pasid: number };
  P015: { device: string; space: string; parent: string };
  P016: { space: string; devices: string; children: string };
  P017: { space: string; attached: string; missing: string };
  P018: { space: string; operation: string };
  P019: { device: string; space: string; reason: string };
  P020: { device: string; owner: string; current: string };
  P021: { device: string; owner: string };
  P022: { space: string; reason: string };
  P023: { space: string; kind: SpaceKind };
  /** `delegated` where the IOMMU leaves tables to guests, but not that of this device. */
  P024: { space: string; device: string; iommu: string; delegated: boolean };
  P025: { space: string; parent: string };
  P026: { space: string; owner: string; holder: string; nesting: boolean };
  P028: { device: string; pasid: number; space: string; owner: string; physical: number };
  P029: { device: string };
  C005: { device: string; child: string };
  C008: { device: string };
  U001: { space: string; range: string; existing: string };
  U002: { space: string; range: string; reserved: string; iommu: string };
  U003: { space: string; range: string; mapping: string };
  U004: { space: string; range: string };
  U005: { space: string; what: string; size: string };
  U006: { space: string; range: string; width: number; iommu: string };
  U007: { space: string; target: string; owner: string };
  U008: { space: string; target: string };
  U009: { memory: string; space: string };
  U010: { memory: string };
  U011: { memory: string };
  U012: { space: string };
  U013: { space: string };
  U014: { space: string; freed: boolean };
  /** `home` is the version that has the call, for a file that means it. */
  U015: { call: string; version: string; instead: string; home: "v1" | "v2" | "iommufd" };
  U016: { space: string; needs: string };
  U017: { space: string };
  U018: { space: string; operation: string };
  U019: { space: string; iommu: string };
  U020: {
    device: string;
    space: string;
    pasid: number | undefined;
    /** What it is attached to, as `gpa, gva (vPASID 7)`; empty when to nothing. */
    attached: string;
  };
  U021: { device: string; space: string; child: string };
  U022: { device: string; spaces: string };
  U023: { device: string; owner: string };
  U024: { device: string; pasid: number; physical: number };
  U025: { space: string; physical: number; current: number };
  U026: { device: string; physical: number; width: number; binding: string };
  U027: { device: string; group: string; holder: string; owner: string };
  U028: { device: string; space: string; sibling: string; current: string };
  U029: { device: string; space: string; reserved: string; mapping: string };
  U030: { space: string; address: string };
  U031: { space: string };
  U032: { owner: string };
  U033: { owner: string; space: string };
  U034: { owner: string; reason: string };
  U035: { device: string; reason: string };
  U036: { process: string; pasid: number };
  U037: { owner: string; process: string };
  U038: { space: string };
  /** `found` says what the id names instead, where it names anything. */
  U102: { call: string; wanted: string; found: string | undefined };
  U103: { device: string; object: string; type: string };
  /** `users` lists the objects that hold a reference; empty where it is a driver or an open file. */
  U104: { object: string; users: string };
  U106: { call: string; what: string };
  U107: { ioas: string; what: string; alignment: number };
  U108: { ioas: string; range: string; reserved: string };
  U109: { ioas: string; range: string; existing: string };
  U110: { ioas: string; range: string; owner: string };
  U111: { ioas: string; range: string; area: string; removed: string };
  U112: { ioas: string; range: string };
  U113: { ioas: string; range: string; hole: string };
  U114: { ioas: string; range: string };
  U116: { ioas: string; reason: string };
  U117: { ioas: string; range: string; reserved: string };
  U118: { ioas: string; range: string; holder: string; by: string };
  U119: { ioas: string; area: string; alignment: number; by: string };
  U121: { hwpt: string; flags: string; reason: string };
  U122: { hwpt: string; reason: string };
  U123: { hwpt: string; reason: string };
  U124: { device: string; pasid: number; hwpt: string; current: string };
  U125: { device: string; pasid: number; hwpt: string; current: string };
  U126: { device: string; pasid: number; hwpt: string };
  U127: { device: string; pasid: number; ioas: string };
  U128: { device: string; pasid: number; hwpt: string; auto: boolean };
  U129: { device: string; pasid: number; hwpt: string; auto: boolean };
  U130: { device: string; rid: string; pasid: number; limit: number };
  U131: { device: string; pasid: number; holder: string };
  U132: { device: string; pasid: number; hwpt: string; reason: string };
  U133: { device: string; pasid: number };
  U135: { device: string; hwpt: string; viommu: string };
  U137: { viommu: string; type: string; device: string | undefined };
  U138: { viommu: string; hwpt: string };
  U139: { vdevice: string; reason: string };
  U140: { viommu: string; device: string };
  U141: { object: string; reason: string };
  U144: { device: string; owner: string; call: string };
  U145: { call: string };
  U146: { device: string; category: number };
  U147: { device: string; owner: string; current: string };
  U148: { device: string; hwpt: string; queue: string; physical: string };
  U149: { device: string; pasid: number };
  U150: { device: string; pasid: number; hwpt: string; table: string };
}

export type RuleId = keyof RefusalArguments;

/**
 * What the kernel refuses and no statement of a configuration can ask for: flags, options, sizes of reads, and
 * the memory that a driver reaches through an access. They have an errno, and no words.
 */
export interface UnsaidArguments {
  U101: { call: string; flags: string };
  U105: { call: string };
  U115: { call: string };
  U120: { option: string; reason: string };
  U136: { queue: string; reason: string };
  U142: { hwpt: string };
  U143: { access: string; ioas: string; range: string; reason: string };
}

export type UnsaidId = keyof UnsaidArguments;

/** The refusals past which the engine can carry on under `allow` (docs/decisions/0008-allow.md). */
export const ALLOWABLE = [
  "P001",
  "P002",
  "P003",
  "P004",
  "P005",
  "P006",
  "P009",
  "P011",
  "P013",
  "P015",
  "P017",
  "P018",
  "P020",
  "P021",
  "P028",
  "P029",
  "U027",
  "U028",
] as const satisfies readonly RuleId[];

/** Another statement that has to do with the refusal: the holder of the PASID, the sibling, the mapping. */
export interface Related {
  readonly origin: Origin;
  /** Why it is shown, as a phrase: "wq0 holds pPASID 2". */
  readonly note: string;
}

/** A call that the kernel answers with an errno, and the rule that decided it. */
export type Refusal = {
  [R in RuleId]: {
    readonly rule: R;
    readonly errno: Errno;
    readonly arguments: RefusalArguments[R];
    readonly related: readonly Related[];
  };
}[RuleId];

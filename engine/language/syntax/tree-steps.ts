import type { Assertion, Outcome } from "./tree-assertions.js";
import type { Documented, Misplaced } from "./tree-declarations.js";
import type {
  Access,
  At,
  Name,
  NumberLiteral,
  PasidArgument,
  RangeNode,
  Region,
  Target,
  Word,
} from "./tree-leaves.js";

interface StepBase extends At {
  /** `=> …`, lying inside the step's own span. */
  readonly outcome: Outcome | undefined;
}

/** `[at N] [format F]` of a user-managed table. */
interface TableWords {
  readonly at: NumberLiteral | undefined;
  readonly format: Word | undefined;
}

/** `{ map … pte … entry … }` after `ioasid` or `bind-…`: the `space` or `table` of each is `undefined`. */
export interface Body extends At {
  readonly kind: "body";
  readonly steps: readonly (MapStep | PteStep | EntryStep | Misplaced)[];
}

export interface IoasidStep extends StepBase, Documented, TableWords {
  readonly kind: "ioasid";
  readonly name: Name | undefined;
  /** `on PARENT`. */
  readonly parent: Name | undefined;
  /** `on` was written: with no `parent`, it is missing rather than left out. */
  readonly nested: boolean;
  readonly table: Word<"page-table" | "pasid-table"> | undefined;
  readonly body: Body | undefined;
}

/** `{ at N }` behind the type of the data of a nested table. */
export interface DataBlock extends At {
  readonly kind: "data-block";
  /** Address of the guest's table in the second stage. */
  readonly at: NumberLiteral | undefined;
}

/** A statement that makes an object of iommufd: `ioas`, `hwpt`, `fault-queue`, `viommu NAME …`, `vdevice`. */
export interface ObjectStep extends StepBase, Documented {
  readonly kind: "object";
  readonly makes: "ioas" | "hwpt" | "fault-queue" | "viommu" | "vdevice";
  readonly name: Name | undefined;
  /** `on PT`, or `in VIOMMU`; `undefined` too for what stands on nothing. */
  readonly parent: Name | undefined;
  /** `for DEV`. */
  readonly device: Name | undefined;
  readonly flags: readonly Word<"nest-parent" | "dirty-tracking" | "pasid">[];
  /** `fault QUEUE`. */
  readonly queue: Name | undefined;
  readonly data: Word<"vtd-s1" | "smmuv3" | "amd"> | undefined;
  readonly dataBlock: DataBlock | undefined;
  /** `id N` of a vDEVICE. */
  readonly id: NumberLiteral | undefined;
  /** Something that has to be there is missing, which was reported. */
  readonly incomplete: boolean;
  readonly body: Body | undefined;
}

export interface DestroyStep extends StepBase {
  readonly kind: "destroy";
  readonly space: Name | undefined;
}

export interface ReplaceStep extends StepBase {
  readonly kind: "replace";
  readonly device: Name | undefined;
  readonly pasid: PasidArgument | undefined;
  readonly space: Name | undefined;
}

export interface CopyStep extends StepBase {
  readonly kind: "copy";
  readonly space: Name | undefined;
  readonly range: RangeNode | undefined;
  readonly destination: Name | undefined;
  /** `at N`. */
  readonly at: NumberLiteral | undefined;
  readonly access: Access | undefined;
}

export interface AllowIovasStep extends StepBase {
  readonly kind: "allow-iovas";
  readonly space: Name | undefined;
  readonly ranges: readonly RangeNode[];
}

export interface FreeStep extends StepBase {
  readonly kind: "free";
  readonly space: Name | undefined;
}

/** `bind-pgtable`, `bind-pasid-table`. */
export interface BindTableStep extends StepBase, TableWords {
  readonly kind: "bind-table";
  readonly table: "page-table" | "pasid-table";
  readonly space: Name | undefined;
  readonly body: Body | undefined;
}

export interface UnbindTableStep extends StepBase {
  readonly kind: "unbind-table";
  readonly table: "page-table" | "pasid-table";
  readonly space: Name | undefined;
}

export interface MapStep extends StepBase {
  readonly kind: "map";
  /** `undefined` also inside a body, where the space is the one of the statement around it. */
  readonly space: Name | undefined;
  readonly range: RangeNode | undefined;
  readonly target: Target | undefined;
  /** `rw` when `undefined`. */
  readonly access: Access | undefined;
}

export interface UnmapStep extends StepBase {
  readonly kind: "unmap";
  readonly space: Name | undefined;
  readonly range: RangeNode | undefined;
}

export interface PteStep extends StepBase {
  readonly kind: "pte";
  /** `undefined` also inside a body. */
  readonly space: Name | undefined;
  readonly range: RangeNode | undefined;
  /** A word for `none`: the entry is cleared. */
  readonly target: Target | Word<"none"> | undefined;
  readonly access: Access | undefined;
}

export interface EntryStep extends StepBase {
  readonly kind: "entry";
  /** `undefined` also inside a body. */
  readonly table: Name | undefined;
  readonly pasid: NumberLiteral | undefined;
  /** A word for `none`: the entry is cleared. */
  readonly space: Name | Word<"none"> | undefined;
}

export interface InvalidateStep extends StepBase {
  readonly kind: "invalidate";
  readonly space: Name | undefined;
  /** Everything when left out. */
  readonly range: RangeNode | undefined;
}

export interface RegisterStep extends StepBase {
  readonly kind: "register" | "unregister";
  readonly region: Region | undefined;
}

export interface BindStep extends StepBase {
  readonly kind: "bind";
  readonly device: Name | undefined;
  /** `to OWNER`. */
  readonly owner: Name | undefined;
}

export interface UnbindStep extends StepBase {
  readonly kind: "unbind";
  readonly device: Name | undefined;
}

export interface AttachStep extends StepBase {
  readonly kind: "attach";
  readonly device: Name | undefined;
  readonly pasid: PasidArgument | undefined;
  /** `as P`. */
  readonly physical: NumberLiteral | undefined;
  readonly space: Name | undefined;
}

export interface DetachStep extends StepBase {
  readonly kind: "detach";
  readonly device: Name | undefined;
  readonly pasid: PasidArgument | undefined;
  readonly space: Name | undefined;
}

export interface SvaStep extends StepBase {
  readonly kind: "sva";
  readonly device: Name | undefined;
  /** `as P`. */
  readonly physical: NumberLiteral | undefined;
}

export interface KvmMapStep extends StepBase {
  readonly kind: "kvm-map";
  readonly owner: Name | undefined;
  readonly pasid: PasidArgument | undefined;
  readonly space: Name | undefined;
}

export interface KvmUnmapStep extends StepBase {
  readonly kind: "kvm-unmap";
  readonly owner: Name | undefined;
  readonly pasid: PasidArgument | undefined;
}

export interface KvmTranslationStep extends StepBase {
  readonly kind: "kvm-translation";
  readonly owner: Name | undefined;
  readonly state: Word<"on" | "off"> | undefined;
}

/** `kvm` with none of its three words after it. */
export interface KvmUnknownStep extends StepBase {
  readonly kind: "kvm-unknown";
}

export interface InfoStep extends StepBase {
  readonly kind: "info";
  /** A space or a device: which one, only its declaration tells. */
  readonly subject: Name | undefined;
}

export interface DmaStep extends StepBase {
  readonly kind: "dma";
  readonly device: Name | undefined;
  readonly pasid: PasidArgument | undefined;
  readonly access: Word<"read" | "write" | "exec"> | undefined;
  readonly address: NumberLiteral | RangeNode | undefined;
  readonly priv: boolean;
}

export interface EnqcmdStep extends StepBase {
  readonly kind: "enqcmd";
  readonly process: Name | undefined;
  readonly device: Name | undefined;
  readonly access: Word<"read" | "write"> | undefined;
  readonly address: NumberLiteral | undefined;
}

export interface EnqcmdsStep extends StepBase {
  readonly kind: "enqcmds";
  readonly owner: Name | undefined;
  readonly pasid: PasidArgument | undefined;
  readonly device: Name | undefined;
  readonly access: Word<"read" | "write"> | undefined;
  readonly address: NumberLiteral | undefined;
}

export interface SetPasidStep extends StepBase {
  readonly kind: "set-pasid";
  readonly process: Name | undefined;
  readonly value: NumberLiteral | Word<"none"> | undefined;
}

export interface RespondStep extends StepBase {
  readonly kind: "respond";
  readonly space: Name | undefined;
  readonly address: NumberLiteral | undefined;
  readonly response: Word<"success" | "invalid"> | undefined;
  /** `for DEV [pasid N]`. */
  readonly device: Name | undefined;
  readonly pasid: PasidArgument | undefined;
}

export interface MigrateStep extends StepBase {
  readonly kind: "migrate";
  readonly owner: Name | undefined;
}

/** In a file, an owner or a scenario: from there on. */
export interface AllowStep extends StepBase {
  readonly kind: "allow";
  readonly rule: Word | undefined;
}

export interface AssertStep extends StepBase {
  readonly kind: "assert";
  readonly assertion: Assertion | undefined;
}

export type Step =
  | IoasidStep
  | FreeStep
  | ObjectStep
  | DestroyStep
  | ReplaceStep
  | CopyStep
  | AllowIovasStep
  | BindTableStep
  | UnbindTableStep
  | MapStep
  | UnmapStep
  | PteStep
  | EntryStep
  | InvalidateStep
  | RegisterStep
  | BindStep
  | UnbindStep
  | AttachStep
  | DetachStep
  | SvaStep
  | KvmMapStep
  | KvmUnmapStep
  | KvmTranslationStep
  | KvmUnknownStep
  | InfoStep
  | DmaStep
  | EnqcmdStep
  | EnqcmdsStep
  | SetPasidStep
  | RespondStep
  | MigrateStep
  | AllowStep
  | AssertStep;

import type { At, Name, NumberLiteral, PciAddress, RangeNode, StringLiteral, Word } from "./tree-leaves.js";
import type { AllowStep, Step } from "./tree-steps.js";

interface Prop<W extends string, V> extends At {
  readonly kind: "property";
  readonly name: W;
  readonly word: Word<W>;
  readonly value: V | undefined;
}

export type FlagWord =
  | "ats"
  | "page-requests"
  | "no-snoop-control"
  | "dirty-tracking"
  | "enqcmd"
  | "exec"
  | "priv"
  | "pasid-translation";

export interface NumberList extends At {
  readonly kind: "numbers";
  readonly items: readonly NumberLiteral[];
}

/** A word inside the braces of a declaration, with its value; a flag has none. */
export type Property =
  | Prop<FlagWord, never>
  | Prop<"pasid-width" | "address-width" | "category" | "pasid", NumberLiteral>
  | Prop<"nesting", Word<"hardware" | "software" | "none">>
  | Prop<"pasid-table", Word<"kernel" | "guest">>
  | Prop<"no-pasid", Word<"terminate" | "bypass" | "entry-0">>
  | Prop<"queue", Word<"shared" | "dedicated">>
  | Prop<"hide", Word<"pasid" | "enqcmd">>
  | Prop<"pasid-policy", Word<"precise" | "simple">>
  | Prop<"kvm-map", Word<"ioasid" | "authorized-set">>
  | Prop<"format", Word>
  | Prop<"page-sizes", NumberList>
  | Prop<"reserved", RangeNode>
  | Prop<"vf", Name>;

export type PropertyWord = Property["name"];

export interface Documented extends At {
  /** Text of the comment directly above, without its slashes and stars. */
  readonly documentation: string | undefined;
}

interface WithProperties extends Documented {
  /** In written order. A word written twice is in twice and reported; the first one counts. */
  readonly properties: readonly Property[];
}

export interface UapiDeclaration extends WithProperties {
  readonly kind: "uapi";
  readonly version: Word<"v1" | "v2" | "iommufd"> | undefined;
}

export interface ImportDeclaration extends At {
  readonly kind: "import";
  readonly path: StringLiteral | undefined;
}

export interface IommuDeclaration extends WithProperties {
  readonly kind: "iommu";
  readonly name: Name | undefined;
}

export interface CpuDeclaration extends WithProperties {
  readonly kind: "cpu";
}

export interface PdevDeclaration extends WithProperties {
  readonly kind: "pdev";
  readonly name: Name | undefined;
  readonly address: PciAddress | undefined;
  /** `behind IOMMU`. */
  readonly iommu: Name | undefined;
}

export interface MdevDeclaration extends WithProperties {
  readonly kind: "mdev";
  readonly name: Name | undefined;
  /** `on PDEV`. */
  readonly parent: Name | undefined;
}

export interface GroupDeclaration extends Documented {
  readonly kind: "group";
  readonly name: Name | undefined;
  readonly members: readonly Name[];
}

/** A VMM (`guest`) or a user-space driver without KVM (`native`). */
export interface OwnerDeclaration extends Documented {
  readonly kind: "guest" | "native";
  readonly name: Name | undefined;
  /** In written order, which is the order in which they run. */
  readonly items: readonly OwnerItem[];
}

export interface MemoryDeclaration extends Documented {
  readonly kind: "memory";
  readonly name: Name | undefined;
  readonly range: RangeNode | undefined;
  readonly backedBy: NumberLiteral | undefined;
}

export interface ProcessDeclaration extends WithProperties {
  readonly kind: "process";
  readonly name: Name | undefined;
}

export interface ViommuDeclaration extends WithProperties {
  readonly kind: "viommu";
}

export interface ScenarioDeclaration extends Documented {
  readonly kind: "scenario";
  readonly title: StringLiteral | undefined;
  readonly steps: readonly (Step | Misplaced)[];
}

/** A whole statement in a place where it means nothing; reported, kept for the editor, never run. */
export interface Misplaced extends At {
  readonly kind: "misplaced";
  readonly statement: Declaration | OwnerItem;
}

export type OwnerItem = MemoryDeclaration | ProcessDeclaration | ViommuDeclaration | Step | Misplaced;

export type Declaration =
  | UapiDeclaration
  | ImportDeclaration
  | IommuDeclaration
  | CpuDeclaration
  | PdevDeclaration
  | MdevDeclaration
  | GroupDeclaration
  | OwnerDeclaration
  | ScenarioDeclaration;

/** What a file holds on its top level, in written order. */
export type FileItem = Declaration | AllowStep | Misplaced;

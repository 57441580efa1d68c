import type { Span } from "../program.js";

/** What a name can stand for. */
export type DefinitionKind =
  | "iommu"
  | "pdev"
  | "mdev"
  | "group"
  | "guest"
  | "native"
  | "memory"
  | "process"
  | "space";

/** A declared name and the place where it is declared. */
export interface Definition {
  readonly name: string;
  readonly kind: DefinitionKind;
  /** Of a memory, a process or a space; `undefined` for hardware and owners. */
  readonly owner: Definition | undefined;
  /** The name itself, for "go to definition" and rename. */
  readonly span: Span;
  /** The whole statement. */
  readonly statement: Span;
  /** The comment directly above, without its slashes and stars. */
  readonly documentation: string | undefined;
  /** Of a space behind iommufd: what its statement makes. */
  readonly object?: ObjectKind;
}

/** What a statement makes behind iommufd, where no object is called an IOASID. */
export type ObjectKind = "ioas" | "hwpt" | "fault-queue" | "viommu" | "vdevice";

/** A definition while a program is made of it. */
export interface Entry extends Definition {
  readonly owner: Entry | undefined;
  /** Index in the array of the `Platform`, or the number of a space; `undefined` while it has none. */
  index: number | undefined;
  /** The declaration could not be understood: uses of the name are passed over in silence. */
  broken: boolean;
}

export const DEVICES: readonly DefinitionKind[] = ["pdev", "mdev"];
export const OWNERS: readonly DefinitionKind[] = ["guest", "native"];
export const SPACES: readonly DefinitionKind[] = ["space"];
export const MEMORIES: readonly DefinitionKind[] = ["memory"];
export const PROCESSES: readonly DefinitionKind[] = ["process"];
export const IOMMUS: readonly DefinitionKind[] = ["iommu"];
export const PDEVS: readonly DefinitionKind[] = ["pdev"];

const WORDS: Record<DefinitionKind, string> = {
  iommu: "an IOMMU",
  pdev: "a pdev",
  mdev: "an mdev",
  group: "a group",
  guest: "a guest",
  native: "a native owner",
  memory: "a memory",
  process: "a process",
  space: "an IOASID",
};

const OBJECTS: Record<ObjectKind, string> = {
  ioas: "an IOAS",
  hwpt: "an HWPT",
  "fault-queue": "a fault queue",
  viommu: "a vIOMMU",
  vdevice: "a vDEVICE",
};

/** "a pdev", "an IOASID", "an HWPT". */
export function kindWords({ kind, object }: Pick<Definition, "kind" | "object">): string {
  return object ? OBJECTS[object] : WORDS[kind];
}

/**
 * "a device or an IOASID": what a place needs.
 * @param behindIommufd where a space is an object of one of several kinds
 */
export function neededWords(kinds: readonly DefinitionKind[], behindIommufd: boolean): string {
  const words = new Set<string>();
  const devices = kinds.includes("pdev") && kinds.includes("mdev");
  const owners = kinds.includes("guest") && kinds.includes("native");
  for (const kind of kinds) {
    if (devices && (kind === "pdev" || kind === "mdev")) words.add("a device");
    else if (owners && (kind === "guest" || kind === "native")) words.add("an owner");
    else if (behindIommufd && kind === "space") words.add("an object of iommufd");
    else words.add(WORDS[kind]);
  }
  return [...words].join(" or ");
}

/** `vm0.gpa` for what an owner holds, `nic` for hardware. */
export function qualifiedName(definition: Definition): string {
  return definition.owner ? `${definition.owner.name}.${definition.name}` : definition.name;
}

/**
 * Index of what a name stands for in its array of the `Platform`, or the number of a space; `undefined` for a
 * declaration that could not be understood.
 */
export function platformIndex(definition: Definition): number | undefined {
  return "index" in definition ? (definition as Entry).index : undefined;
}

/** Where a name is declared, and as what, for a finding that follows from that. */
export function declaredAs(definition: Definition): { readonly span: Span; readonly message: string } {
  const { name, span } = definition;
  return { span, message: `${name} is declared here, as ${kindWords(definition)}` };
}

import { ERRNO, type Errno, FAULTS, type FaultName } from "../../simulator/index.js";
import type { FlagWord, PropertyWord } from "./tree-declarations.js";

/*
 * Every word of the language, once. The lexer numbers them, the parser and the editor know them by these
 * lists, and the TextMate grammar is generated from them.
 */

/** Words that start a declaration on the top level of a file. */
export const TOP_WORDS = [
  "uapi",
  "import",
  "iommu",
  "cpu",
  "pdev",
  "mdev",
  "group",
  "guest",
  "native",
  "scenario",
] as const;

/** Words that start a declaration inside an owner. */
export const OWNER_WORDS = ["memory", "process", "viommu"] as const;

/** Words that start a step. */
export const STEP_WORDS = [
  "sva",
  "ioasid",
  "free",
  "ioas",
  "hwpt",
  "fault-queue",
  "vdevice",
  "copy",
  "allow-iovas",
  "replace",
  "destroy",
  "bind-pgtable",
  "unbind-pgtable",
  "bind-pasid-table",
  "unbind-pasid-table",
  "map",
  "unmap",
  "pte",
  "entry",
  "invalidate",
  "register",
  "unregister",
  "bind",
  "unbind",
  "attach",
  "detach",
  "kvm",
  "info",
  "dma",
  "enqcmd",
  "enqcmds",
  "set-pasid",
  "respond",
  "migrate",
  "allow",
  "assert",
] as const;

export type TopWord = (typeof TOP_WORDS)[number];
export type OwnerWord = (typeof OWNER_WORDS)[number];
export type StepWord = (typeof STEP_WORDS)[number];
export type StatementWord = TopWord | OwnerWord | StepWord;

/** Everything that starts a statement. */
export const STATEMENT_WORDS: readonly StatementWord[] = [...TOP_WORDS, ...OWNER_WORDS, ...STEP_WORDS];

/** Words that are never names. */
export const RESERVED_WORDS: readonly string[] = [...STATEMENT_WORDS, "pasid"];

/** Properties that stand alone. */
export const FLAG_WORDS = [
  "ats",
  "page-requests",
  "no-snoop-control",
  "dirty-tracking",
  "enqcmd",
  "exec",
  "priv",
  "pasid-translation",
] as const satisfies readonly FlagWord[];

/** Properties whose value is one of a few words. */
export const CHOICES = {
  nesting: ["hardware", "software", "none"],
  "pasid-table": ["kernel", "guest"],
  "no-pasid": ["terminate", "bypass", "entry-0"],
  queue: ["shared", "dedicated"],
  hide: ["pasid", "enqcmd"],
  "pasid-policy": ["precise", "simple"],
  "kvm-map": ["ioasid", "authorized-set"],
} as const satisfies Partial<Record<PropertyWord, readonly string[]>>;

/** Properties whose value is a number. */
export const NUMBER_PROPERTIES = ["pasid-width", "address-width", "category", "pasid"] as const;

/** Which properties may stand in the braces of which declaration. */
export const PROPERTIES_OF = {
  uapi: ["pasid-policy", "kvm-map"],
  iommu: [
    "pasid-width",
    "address-width",
    "nesting",
    "pasid-table",
    "ats",
    "page-requests",
    "page-sizes",
    "reserved",
    "no-snoop-control",
    "dirty-tracking",
    "format",
    "no-pasid",
  ],
  cpu: ["enqcmd", "pasid-translation"],
  pdev: ["category", "pasid-width", "ats", "page-requests", "enqcmd", "exec", "priv", "vf", "hide"],
  mdev: ["category", "queue", "hide"],
  process: ["pasid"],
  viommu: ["pasid-width"],
} as const satisfies Record<string, readonly PropertyWord[]>;

export type DeclarationWithProperties = keyof typeof PROPERTIES_OF;

/** Properties that may be written several times. */
export const REPEATABLE: ReadonlySet<string> = new Set(["reserved", "hide"]);

export const UAPI_VERSIONS = ["v1", "v2", "iommufd"] as const;
/** Data of a nested page table of iommufd, by the driver that takes it. */
export const DATA_KINDS = ["vtd-s1", "smmuv3", "amd"] as const;
/** Flags of a page table of iommufd; `pasid` is one too. */
export const HWPT_FLAGS = ["nest-parent", "dirty-tracking"] as const;
export const TABLE_KINDS = ["page-table", "pasid-table"] as const;
export const ACCESS_WORDS = ["r", "w", "rw", "rx", "rwx"] as const;
export const DMA_WORDS = ["read", "write", "exec"] as const;
export const RESPONSES = ["success", "invalid"] as const;
export const SWITCH_WORDS = ["on", "off"] as const;
export const KVM_WORDS = ["map", "unmap", "translation"] as const;
export const ASSERTIONS = ["isolated", "reaches", "ppasid", "kvm", "reports"] as const;
export const REPORT_FLAGS = ["delegated", "cpu", "cpu-virt"] as const;

/** Small words between the parts of a statement. */
export const JOINING_WORDS = [
  "at",
  "behind",
  "on",
  "of",
  "to",
  "from",
  "as",
  "for",
  "backed-by",
  "wire",
  "in",
  "id",
  "data",
] as const;

/** Words that stand for something in their place. */
export const VALUE_WORDS = ["none", "any"] as const;

/** Outcomes that are words; `#gp` is the other one. */
export const OUTCOME_WORDS = ["ok", "fault", "page-request", "vm-exit", "refused"] as const;

export const ERRNO_NAMES = Object.keys(ERRNO) as readonly Errno[];

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

/** Every property word, whatever declaration it belongs to. */
export const PROPERTY_WORDS: readonly PropertyWord[] = [...new Set(Object.values(PROPERTIES_OF).flat())];

/** Words with a meaning in one place, free as names everywhere else. */
export const CONTEXT_WORDS: readonly string[] = [
  ...new Set<string>([
    ...PROPERTY_WORDS,
    ...Object.values(CHOICES).flat(),
    ...UAPI_VERSIONS,
    ...TABLE_KINDS,
    ...DATA_KINDS,
    ...HWPT_FLAGS,
    ...ACCESS_WORDS,
    ...DMA_WORDS,
    ...RESPONSES,
    ...SWITCH_WORDS,
    ...KVM_WORDS,
    ...ASSERTIONS,
    ...REPORT_FLAGS,
    ...JOINING_WORDS,
    ...VALUE_WORDS,
    ...OUTCOME_WORDS,
  ]),
].filter((word) => !RESERVED_WORDS.includes(word));

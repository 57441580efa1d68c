import { syntax } from "../../language/index.js";
import { boot, type Platform } from "../../simulator/index.js";
import { pciItems } from "./addresses.js";
import { FRESH } from "./fits.js";
import { snippetOf } from "./forms.js";
import type { Ranked } from "./item.js";
import { Rank, stop, tab } from "./item.js";
import { type Idea, tried } from "./judge.js";
import { fittingNames, freshName } from "./names.js";
import { memoryRanges } from "./ranges.js";
import type { Spot } from "./spot.js";

type Place = syntax.Place;

/** Statements that only one kind of owner has. */
const OF_GUESTS: ReadonlySet<string> = new Set([
  "process",
  "viommu",
  "kvm",
  "enqcmd",
  "enqcmds",
  "set-pasid",
  "migrate",
]);
const OF_NATIVES: ReadonlySet<string> = new Set(["sva"]);

/** What people write most in each place, in this order; everything else follows. */
const FIRST: Readonly<Partial<Record<Place, readonly syntax.StatementWord[]>>> = {
  file: ["pdev", "mdev", "guest", "scenario"],
  guest: ["attach", "bind", "ioasid", "ioas", "hwpt", "map", "memory", "kvm", "process"],
  native: ["attach", "bind", "ioasid", "ioas", "hwpt", "map", "memory"],
  scenario: ["dma", "enqcmd", "assert", "attach", "detach"],
};

/** Statements whose second word decides how they go on. */
const SECOND_WORD: ReadonlySet<string> = new Set(["kvm", "assert"]);

/** So many names stand in the list of a tab stop. */
const CHOICES = 8;

/** The statements that may begin at the cursor. */
export function statementItems(spot: Spot, place: Place): Ranked[] {
  const allowed = syntax.STATEMENT_WORDS.filter(
    (word) => syntax.mayStand(word, place) && isHere(spot, word, place),
  );
  const first = FIRST[place] ?? [];
  const ordered = [
    ...first.filter((word) => allowed.includes(word)),
    ...allowed.filter((word) => !first.includes(word)),
  ];
  return ordered.map((word) => statementItem(spot, word, place));
}

function statementItem(spot: Spot, word: syntax.StatementWord, place: Place): Ranked {
  const inBody = place === "body";
  const rank = inBody && !fitsTable(spot, word) ? Rank.unlikely : Rank.fits;
  const subject = { kind: inBody ? "body" : "statement", word } as const;
  const item = { label: word, kind: "statement", subject, insert: `${word} `, goesOn: true, rank } as const;
  if (SECOND_WORD.has(word)) return item;
  return { ...item, snippet: blockSnippet(spot, word) ?? formSnippet(spot, word, place) };
}

function formSnippet(spot: Spot, word: syntax.StatementWord, place: Place): string {
  const forms: Readonly<Record<string, string>> = place === "body" ? syntax.BODY_FORMS : syntax.FORMS;
  // Which IOMMU is meant has to be said where there are several.
  const severalIommus = spot.platform.iommus.length > 1;
  if (word === "viommu" && spot.platform.uapi === "iommufd") {
    return snippetOf(syntax.VIOMMU_FORM, (part) => choicesFor(spot, part));
  }
  const form = severalIommus ? forms[word]!.replace("[behind IOMMU]", "behind IOMMU") : forms[word]!;
  return snippetOf(form, (part) => choicesFor(spot, word === "free" && part === "NAME" ? "S" : part));
}

/** Blocks are on several lines; what is in them begins with the next tab stop. */
function blockSnippet(spot: Spot, word: syntax.StatementWord): string | undefined {
  switch (word) {
    case "guest":
      return `guest ${stop(1, freshName(spot, "vm0"))} {\n\t${tab(0)}\n}`;
    case "native":
      return `native ${stop(1, freshName(spot, "driver"))} {\n\t${tab(0)}\n}`;
    case "scenario":
      return `scenario "${stop(1, "what it shows")}" {\n\t${tab(0)}\n}`;
    case "import":
      return `import "${tab(0)}"`;
    default:
      return undefined;
  }
}

const ROLES: Readonly<Record<string, syntax.NameRole>> = {
  DEV: "a device",
  PDEV: "the physical device below",
  S: "an IOASID",
  TABLE: "a PASID table",
  IOAS: "an IOAS",
  HWPT: "an HWPT",
  VIOMMU: "a vIOMMU",
  QUEUE: "a fault queue",
  OWNER: "an owner",
  PROCESS: "a process",
  REGION: "a region of a memory",
  TARGET: "a region of a memory",
  IOMMU: "an IOMMU",
};

/** What a word of a form may stand for: names that can be seen, and a free PCI address. */
function choicesFor(spot: Spot, part: string): string[] {
  const role = ROLES[part];
  if (role !== undefined) return fittingNames(spot, role, CHOICES);
  if (part === "RANGE") return memoryRanges(spot).map(({ insert }) => insert);
  if (!/^[\da-f]+:/.test(part)) return [];
  return pciItems(spot)
    .slice(0, CHOICES)
    .map(({ insert }) => insert);
}

function isHere(spot: Spot, word: syntax.StatementWord, place: Place): boolean {
  if (place === "guest" && OF_NATIVES.has(word)) return false;
  if (place === "native" && OF_GUESTS.has(word)) return false;
  if (notInUapi(spot.platform).has(word)) return false;
  switch (word) {
    case "uapi":
      return (
        spot.site.absolute(spot.site.beginning.tree.items[0]?.start ?? spot.site.word.start) >=
        spot.site.word.start
      );
    case "cpu":
      return !isDeclared(spot, "cpu");
    case "viommu": {
      if (place === "scenario" || spot.platform.uapi === "iommufd") return spot.platform.uapi === "iommufd";
      const guest = [spot.whole, spot.statement].find((each) => each?.kind === "guest");
      return (
        guest?.kind !== "guest" ||
        !guest.items.some((item) => item.kind === "viommu" && !isAtCursor(spot, item))
      );
    }
    default:
      return true;
  }
}

/** Whether a compiled statement begins with the word that is being written. */
function isAtCursor({ site: { word } }: Spot, { start }: { readonly start: number }): boolean {
  return word.start <= start && start <= word.end;
}

/** Whether some file of the program has the declaration, which stands in it at most once. */
function isDeclared(spot: Spot, kind: "cpu"): boolean {
  const { site } = spot;
  return [...site.analysis.trees].some(([file, tree]) =>
    tree.placesOf(kind).some((place) => file !== site.file || !isAtCursor(spot, place)),
  );
}

/** The lines that a table can have: the kernel's is mapped, the guest's is written. */
function fitsTable({ statement }: Spot, word: syntax.StatementWord): boolean {
  if (statement?.kind === "object") {
    if (statement.makes === "ioas") return word === "map";
    return word === (statement.data?.text === "vtd-s1" ? "pte" : "entry") || word === "pte";
  }
  const kind =
    statement?.kind === "ioasid"
      ? statement.table?.text
      : statement?.kind === "bind-table"
        ? statement.table
        : undefined;
  if (kind === undefined) return word === "map";
  return word === (kind === "page-table" ? "pte" : "entry");
}

const ONLY_IN_IOMMUFD: readonly syntax.StatementWord[] = [
  "ioas",
  "hwpt",
  "fault-queue",
  "vdevice",
  "copy",
  "allow-iovas",
  "replace",
  "destroy",
];

const NOT_IN_IOMMUFD: readonly syntax.StatementWord[] = [
  "ioasid",
  "free",
  "bind-pgtable",
  "unbind-pgtable",
  "bind-pasid-table",
  "unbind-pasid-table",
  "register",
  "unregister",
  "kvm",
];

/** The same for every platform. */
const missing = new Map<Platform["uapi"], ReadonlySet<string>>();

/** Statements that the uAPI of the file has no call for: the engine is asked, and answers ENOTTY. */
function notInUapi(platform: Platform): ReadonlySet<string> {
  let words = missing.get(platform.uapi);
  if (!words) {
    // In v1 every call of the RFC exists, and would look at its arguments.
    words = new Set(
      platform.uapi === "iommufd"
        ? NOT_IN_IOMMUFD
        : [...(platform.uapi === "v1" ? [] : unknownCalls(platform)), ...ONLY_IN_IOMMUFD],
    );
    missing.set(platform.uapi, words);
  }
  return words;
}

function unknownCalls(platform: Platform): string[] {
  const machine = boot(platform);
  const at = { owner: 0, space: FRESH };
  const ZERO = { page: 0, offset: 0 };
  const memory = { owner: 0, memory: 0, offset: ZERO, length: ZERO };
  const calls: readonly (readonly [word: syntax.StatementWord, idea: Idea])[] = [
    ["bind-pgtable", { kind: "bind-table", ...at, table: { kind: "page-table" } }],
    ["unbind-pgtable", { kind: "unbind-table", ...at, table: "page-table" }],
    ["bind-pasid-table", { kind: "bind-table", ...at, table: { kind: "pasid-table" } }],
    ["unbind-pasid-table", { kind: "unbind-table", ...at, table: "pasid-table" }],
    ["register", { kind: "register", ...memory }],
    ["unregister", { kind: "unregister", ...memory }],
  ];
  return calls
    .filter(([, idea]) => {
      const outcome = tried(machine, idea);
      return outcome.kind === "refused" && outcome.refusal.errno === "ENOTTY";
    })
    .map(([word]) => word);
}

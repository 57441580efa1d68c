import {
  ACCESS_WORDS,
  ASSERTIONS,
  CHOICES,
  DMA_WORDS,
  ERRNO_NAMES,
  FAULT_NAMES,
  JOINING_WORDS,
  KVM_WORDS,
  OUTCOME_WORDS,
  OWNER_WORDS,
  PROPERTIES_OF,
  PROPERTY_WORDS,
  REPORT_FLAGS,
  RESPONSES,
  STATEMENT_WORDS,
  STEP_WORDS,
  SWITCH_WORDS,
  TABLE_KINDS,
  TOP_WORDS,
  UAPI_VERSIONS,
  VALUE_WORDS,
} from "../engine/language/syntax/words.js";

/** A rule of a TextMate grammar, as far as this one needs it. */
interface Rule {
  readonly include?: string;
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
}

type Captures = Readonly<Record<string, { readonly name: string }>>;

const NAME = "[A-Za-z_]\\w*(?:-\\w+)*";

// A hyphen belongs to a word only between two of its letters, so `\b` would cut `exec-disabled` in two.
const BEFORE = "(?<![\\w-])";
const AFTER = "(?!\\w|-\\w)";

/** One of the words, longest first, so that none hides a longer one. */
function oneOf(words: readonly string[]): string {
  return `(${[...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|")})`;
}

function whole(words: readonly string[]): string {
  return BEFORE + oneOf(words) + AFTER;
}

function captures(...names: readonly string[]): Captures {
  return Object.fromEntries(names.map((name, index) => [`${index + 1}`, { name: `${name}.ioasid` }]));
}

function words(list: readonly string[], name: string): Rule {
  return { match: whole(list), name: `${name}.ioasid` };
}

const include = (...names: readonly string[]): Rule[] => names.map((name) => ({ include: `#${name}` }));

const DECLARATIONS: readonly string[] = [...TOP_WORDS, ...OWNER_WORDS];
const WITH_PROPERTIES = Object.keys(PROPERTIES_OF);
const NAMED = DECLARATIONS.filter((word) => !["uapi", "import", "cpu", "viommu", "scenario"].includes(word));
/** Words that begin a statement wherever they stand: no property is written like them. */
const ALWAYS_STATEMENTS = STATEMENT_WORDS.filter((word) => !["enqcmd", "ioasid"].includes(word));

const BLOCK_OF_PROPERTIES: Rule = {
  begin: `${BEFORE}(?:${oneOf(NAMED.filter((word) => WITH_PROPERTIES.includes(word)))}\\s+(${NAME})|${oneOf(
    WITH_PROPERTIES.filter((word) => !NAMED.includes(word)),
  )})${AFTER}`,
  beginCaptures: captures("storage.type", "entity.name.type", "storage.type"),
  end: `(\\})|(?=^\\s*${whole(ALWAYS_STATEMENTS)})`,
  endCaptures: captures("punctuation.section.block.end"),
  patterns: [
    ...include("comment", "address", "number", "operator"),
    {
      match: `${BEFORE}(hide)\\s+${oneOf(CHOICES.hide)}${AFTER}`,
      captures: captures("support.type.property-name", "constant.language"),
    },
    words(PROPERTY_WORDS, "support.type.property-name"),
    words([...Object.values(CHOICES).flat(), ...UAPI_VERSIONS], "constant.language"),
    ...include("joining", "name", "punctuation"),
  ],
};

const OUTCOME: Rule = {
  begin: "(=>)",
  beginCaptures: captures("keyword.operator.outcome"),
  end: `(?=${whole(STATEMENT_WORDS)}|=>|[{}])`,
  patterns: [
    ...include("comment", "number"),
    { match: `#gp${AFTER}`, name: "constant.language.outcome.ioasid" },
    words([...OUTCOME_WORDS, ...FAULT_NAMES, ...ERRNO_NAMES], "constant.language.outcome"),
    words(["none"], "constant.language"),
    words(["wire"], "keyword.other"),
    ...include("operator", "name", "punctuation"),
  ],
};

/** The TextMate grammar of the language; every word in it comes from the lexer's tables. */
export function grammar(): object {
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "IOASID configuration",
    scopeName: "source.ioasid",
    fileTypes: ["ioasid"],
    patterns: include(
      "comment",
      "string",
      "properties",
      "outcome",
      "declaration",
      "step",
      "address",
      "number",
      "word",
      "operator",
      "name",
      "punctuation",
    ),
    repository: {
      comment: {
        patterns: [
          { match: "//.*$", name: "comment.line.double-slash.ioasid" },
          { begin: "/\\*", end: "\\*/", name: "comment.block.ioasid" },
        ],
      },
      string: { begin: '"', end: '"|$', name: "string.quoted.double.ioasid" },
      properties: BLOCK_OF_PROPERTIES,
      outcome: OUTCOME,
      declaration: {
        patterns: [
          {
            match: `${BEFORE}${oneOf(NAMED)}\\s+(${NAME})`,
            captures: captures("storage.type", "entity.name.type"),
          },
          words(DECLARATIONS, "storage.type"),
        ],
      },
      step: {
        patterns: [
          {
            match: `${BEFORE}(ioasid)\\s+((?:${NAME}\\.)?${NAME})`,
            captures: captures("keyword.control", "entity.name.type"),
          },
          {
            match: `${BEFORE}(kvm)\\s+${oneOf(KVM_WORDS)}${AFTER}`,
            captures: captures("keyword.control", "keyword.control"),
          },
          {
            match: `${BEFORE}(assert)\\s+${oneOf(ASSERTIONS)}${AFTER}`,
            captures: captures("keyword.control", "keyword.control"),
          },
          {
            match: `${BEFORE}(allow)\\s+(P\\d{3})${AFTER}`,
            captures: captures("keyword.control", "constant.language.rule"),
          },
          words(STEP_WORDS, "keyword.control"),
        ],
      },
      address: {
        match: "(?<!\\w)(?:[0-9a-fA-F]{4,8}:)?[0-9a-fA-F]{2}:[01][0-9a-fA-F]\\.[0-7](?!\\w)",
        name: "constant.numeric.pci-address.ioasid",
      },
      number: {
        match: "(?<!\\w)(?:0x[0-9a-f_]+|[0-9][0-9_]*)[KMGTP]?(?!\\w)",
        name: "constant.numeric.ioasid",
      },
      joining: words([...JOINING_WORDS, "pasid"], "keyword.other"),
      word: {
        patterns: [
          {
            match: `${BEFORE}(pasid)\\s+${oneOf(REPORT_FLAGS)}(?:\\s+${oneOf(REPORT_FLAGS)})?(?:\\s+${oneOf(REPORT_FLAGS)})?${AFTER}`,
            captures: captures(
              "keyword.other",
              "constant.language",
              "constant.language",
              "constant.language",
            ),
          },
          ...include("joining"),
          words(["format", ...TABLE_KINDS], "keyword.other"),
          words([...ACCESS_WORDS, ...DMA_WORDS, "priv"], "storage.modifier"),
          words(
            [...VALUE_WORDS, ...RESPONSES, ...SWITCH_WORDS.slice(1), ...REPORT_FLAGS],
            "constant.language",
          ),
        ],
      },
      operator: { match: "->|=>|==|\\.\\.|\\+", name: "keyword.operator.ioasid" },
      name: { match: `(?:${NAME}\\.)?${NAME}`, name: "variable.other.ioasid" },
      punctuation: { match: "[{}\\[\\],]", name: "punctuation.ioasid" },
    },
  };
}

import {
  OWNER_WORDS,
  type OwnerWord,
  STEP_WORDS,
  type StatementWord,
  type StepWord,
  TOP_WORDS,
  type TopWord,
} from "./words.js";

/** Where statements stand, which decides what may stand there. */
export type Place = "file" | "guest" | "native" | "scenario" | "body";

const TOP: ReadonlySet<string> = new Set(TOP_WORDS);
const IN_OWNER: ReadonlySet<string> = new Set(OWNER_WORDS);
const BODY: ReadonlySet<string> = new Set<StepWord>(["map", "pte", "entry"]);

export function isTopWord(word: string): word is TopWord {
  return TOP.has(word);
}

export function isOwnerWord(word: string): word is OwnerWord {
  return IN_OWNER.has(word);
}

const ALLOWED: Readonly<Record<Place, (word: StatementWord) => boolean>> = {
  file: (word) => isTopWord(word) || word === "allow",
  // Which of them a guest alone has, or a native driver alone, is the business of names: it knows the owner.
  guest: (word) => !isTopWord(word),
  native: (word) => !isTopWord(word),
  // `viommu NAME …` is a step; the parser of blocks tells it from the declaration.
  scenario: (word) => !isTopWord(word) && (!isOwnerWord(word) || word === "viommu") && word !== "sva",
  body: (word) => BODY.has(word),
};

/** Whether a statement that begins with `word` means something in `place`. */
export function mayStand(word: StatementWord, place: Place): boolean {
  return ALLOWED[place](word);
}

/** The place as a message names it. */
export const PLACE_TEXTS: Readonly<Record<Place, string>> = {
  file: "on the top level of a file",
  guest: "inside a `guest` block",
  native: "inside a `native` block",
  scenario: "inside a `scenario`",
  body: "inside the braces of a table",
};

/** Where a statement belongs, as a message says it. */
export function belongsWhere(word: StatementWord): string {
  if (isTopWord(word)) return PLACE_TEXTS.file;
  if (word === "sva") return PLACE_TEXTS.native;
  if (word === "memory") return "inside a `guest` or `native` block";
  if (isOwnerWord(word)) return PLACE_TEXTS.guest;
  return "inside a `guest` or `native` block or a `scenario`";
}

/** Whether a word may begin a line of a table. */
export function belongsInBody(word: string): boolean {
  return (BODY as ReadonlySet<string>).has(word);
}

/** Whether a word may be the first of an owner block or scenario whose brace was forgotten. */
export function belongsInBlock(word: string): boolean {
  return isOwnerWord(word) || (STEP_WORDS as readonly string[]).includes(word);
}

import { ignorableRules, RULES, readSwitch, SWITCH_WORDS, spokenOf } from "../../language/index.js";
import type { TextRange, View } from "../view.js";
import type { CompletionList, Ranked } from "./item.js";
import { inOrder, Rank } from "./item.js";

/** A comment in which the cursor stands. */
export interface CommentAt {
  readonly view: View;
  readonly file: string;
  /** From the beginning of the comment to the cursor. */
  readonly before: string;
  /** Offset of the comment in the file. */
  readonly start: number;
}

/** The beginning of a switch: nothing but its word has been typed. */
const OPENING = /^\/[/*]+[ \t]*([\w-]*)$/;

/** The id of a rule that is being typed. */
const ID = /[A-Za-z]?\d*$/;

const REASON = " -- ";

/** What may stand in a comment: a switch and its rules, and nothing else. */
export function commentItems(at: CommentAt): CompletionList {
  const { before, start } = at;
  const offset = start + before.length;
  const opening = OPENING.exec(before);
  const said = readSwitch(before);
  // Most comments are no switches: nobody who begins one wants to be asked about it.
  const mustFollow = said?.reach !== undefined && before.length > said.word.end;
  const list = (typed: string, ranked: readonly Ranked[]): CompletionList => {
    const replace: TextRange = { start: offset - typed.length, end: offset };
    return { replace, items: inOrder(ranked), isIncomplete: false, mustFollow };
  };
  if (said?.reach === undefined) {
    const typed = opening?.[1] ?? "";
    const isOpen = opening !== null && SWITCH_WORDS.some((word) => word.startsWith(typed));
    return list(typed, isOpen ? SWITCH_WORDS.map(switchItem) : []);
  }
  if (/--/.test(before.slice(said.word.end))) return list("", []);
  if (before.length === said.word.end) return list(said.word.text, SWITCH_WORDS.map(switchItem));
  const typed = ID.exec(before)?.[0] ?? "";
  const written = said.rules.filter(({ end }) => end < before.length || typed === "").map(({ text }) => text);
  const isClosed = typed === "" && written.length > 0 && !/,\s*$/.test(before);
  if (isClosed && /\s-$/.test(before)) return list("-", [reasonItem(" ")]);
  if (isClosed) return list("", [reasonItem(before)]);
  return list(typed, ruleItems(at, written));
}

function switchItem(word: (typeof SWITCH_WORDS)[number]): Ranked {
  const detail =
    word === "ioasid-ignore" ? "hide findings of the next statement" : "hide findings of this file";
  return { label: word, kind: "word", detail, insert: `${word} `, goesOn: true, rank: Rank.fits };
}

function reasonItem(before: string): Ranked {
  const insert = before.endsWith(" ") ? REASON.trimStart() : REASON;
  return { label: "-- reason", kind: "word", detail: "why they are hidden", insert, rank: Rank.fits };
}

/** The rules that a comment can hide, those that the statement meets first. */
function ruleItems({ view, file, start }: CommentAt, written: readonly string[]): Ranked[] {
  const { analysis, result } = view;
  const tree = analysis.trees.get(file);
  const covered = tree && spokenOf(tree, start);
  const met = new Set<string>();
  for (const { code, span } of result?.diagnostics ?? analysis.program.diagnostics) {
    if (span.file !== file || !covered) continue;
    if (covered.start <= span.start && span.start < covered.end) met.add(code);
  }
  return ignorableRules()
    .filter((id) => !written.includes(id))
    .map((id) => ruleItem(id, met.has(id) ? Rank.best : Rank.fits, `${id}${REASON}`));
}

/** A rule by its id. @param snippet what is inserted instead, ending where the author goes on */
export function ruleItem(id: string, rank: number, snippet?: string): Ranked {
  const item = { label: id, kind: "rule", insert: id, subject: { kind: "rule", id }, rank } as const;
  const detail = RULES.get(id)?.title ?? "";
  return snippet === undefined ? { ...item, detail } : { ...item, detail, snippet: `${snippet}$0` };
}

import type { At } from "../syntax/index.js";
import { nearest } from "../syntax/index.js";

/** How far each switch reaches, by its word. */
const REACHES = { "ioasid-ignore": "statement", "ioasid-ignore-file": "file" } as const;

type SwitchWord = keyof typeof REACHES;

/** The words with which a switch begins. */
export const SWITCH_WORDS = Object.keys(REACHES) as readonly SwitchWord[];

/** What a comment says, if it is a switch; the offsets count from the start of the comment. */
export interface SwitchText {
  readonly word: At & { readonly text: string };
  /** `undefined` where there is no such switch; `instead` is then the one that was probably meant. */
  readonly reach: "statement" | "file" | undefined;
  readonly instead: SwitchWord | undefined;
  /** What is written as ids of rules, whether there are such rules or not. */
  readonly rules: readonly (At & { readonly text: string })[];
  /** What follows `--`; `undefined` when there is nothing. */
  readonly reason: string | undefined;
  /** What follows the rules without `--`, which is probably the reason; empty when there is nothing. */
  readonly loose: string;
}

const LONGEST = 60;

const OPENING = /^(?:\/\/+|\/\*+)\s*(ioasid-[\w-]*\w)/i;

/** The first rule, or one after a comma, may be any word with a digit in it: a mistyped id is one as well. */
const ANY_RULE = /\s*(,\s*)?([A-Za-z](?=\w*\d)\w*)(?!\w|-(?!-))/y;

/** Without a comma only what looks like an id is one; everything else is the beginning of a reason. */
const PLAIN_RULE = /\s+([A-Za-z]\d+)(?!\w|-(?!-))/y;

/**
 * Reads a comment as a switch.
 * @param comment the whole comment, with its slashes and stars
 * @returns `undefined` for every comment that does not look like a switch
 */
export function readSwitch(comment: string): SwitchText | undefined {
  const opening = OPENING.exec(comment);
  if (!opening) return undefined;
  const [head, text = ""] = opening;
  const known = SWITCH_WORDS.find((each) => each === text);
  const instead = known ? undefined : (nearest(text, SWITCH_WORDS) ?? similar(text));
  if (!known && !instead) return undefined;
  const word = { text, start: head.length - text.length, end: head.length };
  const whole = comment.startsWith("/*") && comment.endsWith("*/") ? comment.slice(0, -2) : comment;
  const rules = rulesAfter(whole, word.end);
  const rest = whole.slice(rules.at(-1)?.end ?? word.end).trim();
  const reason = rest.startsWith("--") ? rest.replace(/^-+\s*/, "") : "";
  return {
    word,
    reach: known && REACHES[known],
    instead,
    rules,
    reason: reason === "" ? undefined : reason,
    loose: rest.startsWith("--") ? "" : shortened(rest.replace(/^[\s,:.–—-]+/, "")),
  };
}

/** What a message can repeat of a comment. */
function shortened(text: string): string {
  const [line = ""] = text.split(/[\r\n]/, 1);
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

/** `ioasid-ignore-next-line` and the like, which people know from other tools. */
function similar(word: string): SwitchWord | undefined {
  const lower = word.toLowerCase();
  if (lower.startsWith("ioasid-ignore-file")) return "ioasid-ignore-file";
  return lower.startsWith("ioasid-ignore") || lower.startsWith("ioasid-disable")
    ? "ioasid-ignore"
    : undefined;
}

function rulesAfter(text: string, from: number): SwitchText["rules"] {
  const rules: { text: string; start: number; end: number }[] = [];
  for (let at = from; ; ) {
    ANY_RULE.lastIndex = at;
    PLAIN_RULE.lastIndex = at;
    const any = ANY_RULE.exec(text);
    const found = any && (rules.length === 0 || any[1] !== undefined) ? any[2] : PLAIN_RULE.exec(text)?.[1];
    if (found === undefined) return rules;
    const start = text.indexOf(found, at);
    at = start + found.length;
    rules.push({ text: found, start, end: at });
  }
}

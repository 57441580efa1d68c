import { toBytes } from "../../address/index.js";
import { OUTCOME_FORM } from "./forms.js";
import { either, quote } from "./issues.js";
import { nearest } from "./nearest.js";
import type { Parts } from "./parts.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { NumberLiteral, Outcome, OutcomeResult, Word } from "./tree.js";
import type { NumberRole } from "./wanted.js";
import { ERRNO_NAMES, FAULT_NAMES, OUTCOME_WORDS } from "./words.js";

const ERRNOS: ReadonlySet<string> = new Set(ERRNO_NAMES);
const FAULTS: ReadonlySet<string> = new Set(FAULT_NAMES);

const AN_OUTCOME = "an outcome such as `EBUSY`, `fault` or `ram[0x1000]`";

/** `=> OUTCOME [wire N|none]`, when the `=>` is there. */
export function parseOutcome(p: Parts): Outcome | undefined {
  const { start } = p;
  if (!p.accept(Punctuation.outcome)) return undefined;
  p.begin("=>", OUTCOME_FORM);
  const result = startsWire(p) ? p.missing(AN_OUTCOME) : parseResult(p);
  const wire = p.acceptWord("wire") ? numberOrNone(p, "the PASID on the wire, or `none`") : undefined;
  return { kind: "outcome", result, wire, start, end: p.previousEnd };
}

/** A memory may be called `wire`; with a value behind it, the word is the other one. */
function startsWire(p: Parts): boolean {
  const { kind, word } = p.ahead(1);
  return p.word === "wire" && (kind === TokenKind.number || word === "none");
}

export function numberOrNone(p: Parts, what: NumberRole): NumberLiteral | Word<"none"> | undefined {
  return p.optionalWord(["none"] as const) ?? p.number(what);
}

function parseResult(p: Parts): OutcomeResult | undefined {
  const { start, end, word } = p;
  if (p.kind === TokenKind.number) return p.takeNumber();
  if (p.atEnd) p.want({ kind: "outcome" });
  if (p.accept(Punctuation.generalProtection)) return { kind: "gp", start, end };
  if (p.kind !== TokenKind.identifier) return p.missing(AN_OUTCOME);
  // A memory or its owner may bear the name of an outcome; with `[` or `.` behind it, it can only be that.
  const { mark } = p.ahead(1);
  if (mark === Punctuation.openBracket || mark === Punctuation.dot) return p.region("a region of a memory");
  switch (word) {
    case "ok":
    case "page-request":
    case "refused":
      p.advance();
      return { kind: word, start, end };
    case "fault":
      p.advance();
      return parseFault(p, start);
    case "vm-exit":
      p.advance();
      return parseExit(p, start);
  }
  if (ERRNOS.has(word)) {
    p.advance();
    return { kind: "errno", errno: word as (typeof ERRNO_NAMES)[number], start, end };
  }
  return unknownOrRegion(p);
}

/** A name is a memory, whose existence the names phase checks, unless it can only be a mistyped outcome. */
function unknownOrRegion(p: Parts): OutcomeResult | undefined {
  const found = p.source();
  const looksLikeErrno = /^E[A-Z0-9]{2,}$/.test(found);
  const isFault = FAULTS.has(p.word);
  if (!looksLikeErrno && !isFault) {
    if (!found.includes("-") || nearest(found, OUTCOME_WORDS) === undefined)
      return p.region("a region of a memory");
  }
  const { start, end } = p;
  const instead = isFault ? `fault ${found}` : nearest(found, [...OUTCOME_WORDS, ...ERRNO_NAMES]);
  p.issues.add("S024", start, end, { found: quote(found), instead });
  p.advance();
  return undefined;
}

function parseFault(p: Parts, start: number): OutcomeResult {
  if (p.kind === TokenKind.number) {
    const code = p.takeNumber();
    return { kind: "fault", name: undefined, code, start, end: p.previousEnd };
  }
  if (p.atEnd) p.want({ kind: "fault" });
  let name: (typeof FAULT_NAMES)[number] | undefined;
  if (FAULTS.has(p.word)) {
    name = p.word as (typeof FAULT_NAMES)[number];
    p.advance();
  } else if (p.kind === TokenKind.identifier && p.word !== "wire" && !p.newline) {
    const found = p.source();
    name = nearest(found, FAULT_NAMES);
    const known = either(FAULT_NAMES);
    p.issues.add("S025", p.start, p.end, { found: quote(found), instead: name, known });
    p.advance();
  }
  return { kind: "fault", name, code: undefined, start, end: p.previousEnd };
}

function parseExit(p: Parts, start: number): OutcomeResult {
  let reason: 72 | 73 | undefined;
  if (p.atEnd) p.want({ kind: "exit-reason" });
  if (p.kind === TokenKind.number) {
    const number = p.takeNumber();
    const value = number.value && toBytes(number.value);
    if (value === 72 || value === 73) reason = value;
    else if (value !== undefined)
      p.issues.add("S027", number.start, number.end, { found: quote(number.text) });
  }
  return { kind: "vm-exit", reason, start, end: p.previousEnd };
}

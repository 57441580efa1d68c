import { BODY_FORMS, FORMS, VIOMMU_FORM } from "./forms.js";
import { nearest } from "./nearest.js";
import {
  type BlockParser,
  parseInOwner,
  parseTop,
  type UnfinishedDeclaration,
} from "./parse-declarations.js";
import { hwpt, ioas, viommu } from "./parse-iommufd.js";
import { parseOutcome } from "./parse-outcome.js";
import { STEP_PARSERS, type Unfinished } from "./parse-steps.js";
import { type BodyParser, bindTable, entry, ioasid, map, pte } from "./parse-tables.js";
import type { Parts } from "./parts.js";
import { isOwnerWord, isTopWord, type Place } from "./places.js";
import { Punctuation, TokenKind } from "./tokens.js";
import type { Declaration, Outcome, OwnerItem, Step } from "./tree.js";
import type { StatementWord, StepWord } from "./words.js";

const CLOSE_BRACE = 0x7d;

/** Steps that declare a name, so that the comment above them is its documentation. */
const MAKING: ReadonlySet<StatementWord> = new Set([
  "ioasid",
  "ioas",
  "hwpt",
  "fault-queue",
  "viommu",
  "vdevice",
]);

export type Statement = Declaration | OwnerItem;

/** What a statement may hold in braces, read by the one who knows about blocks. */
export interface Nested {
  readonly block: BlockParser;
  readonly body: BodyParser;
}

/**
 * Reads a whole statement, its outcome included. The cursor stands on the statement's word, or on what was
 * meant as it.
 */
export function parseStatement(p: Parts, word: StatementWord, place: Place, nested: Nested): Statement {
  const { start } = p;
  const inBody = place === "body";
  // `viommu NAME …` makes an object of iommufd; `viommu { … }` says what the guest sees.
  const makesViommu = word === "viommu" && p.ahead(1).kind === TokenKind.identifier;
  const isStep = makesViommu || (!isTopWord(word) && !isOwnerWord(word));
  const documentation = isStep && !MAKING.has(word) ? undefined : p.documentation();
  p.statementStart = start;
  p.advance();
  p.begin(word, makesViommu ? VIOMMU_FORM : formOf(word, inBody));
  if (!isStep) {
    const declaration = isTopWord(word) ? parseTop(p, word, nested.block) : parseInOwner(p, word);
    const whole = declared(p, declaration, start, documentation);
    p.beginList();
    return whole;
  }
  const step = makesViommu ? viommu(p) : parseStep(p, word as StepWord, inBody, nested.body);
  const { previousEnd } = p;
  skipRest(p);
  const outcome = parseOutcome(p);
  if (outcome !== undefined) skipRest(p);
  p.beginList();
  return finished(step, outcome, start, outcome?.end ?? previousEnd, documentation);
}

function formOf(word: StatementWord, inBody: boolean): string {
  return inBody && word in BODY_FORMS ? BODY_FORMS[word as keyof typeof BODY_FORMS] : FORMS[word];
}

/** Completes a step in place: a copy of each would be a large part of the whole time. */
function finished(
  step: Unfinished,
  outcome: Outcome | undefined,
  start: number,
  end: number,
  documentation: string | undefined,
): Step {
  const open: { -readonly [Key in keyof Unfinished]: Unfinished[Key] } & {
    documentation?: string | undefined;
  } = step;
  open.outcome = outcome;
  open.start = start;
  open.end = end;
  if (step.kind === "ioasid" || step.kind === "object") open.documentation = documentation;
  return open as Step;
}

function parseStep(p: Parts, word: StepWord, inBody: boolean, body: BodyParser): Unfinished {
  switch (word) {
    case "ioasid":
      return ioasid(p, body);
    case "ioas":
      return ioas(p, body);
    case "hwpt":
      return hwpt(p, body);
    case "bind-pgtable":
      return bindTable(p, "page-table", body);
    case "bind-pasid-table":
      return bindTable(p, "pasid-table", body);
    case "map":
      return map(p, inBody);
    case "pte":
      return pte(p, inBody);
    case "entry":
      return entry(p, inBody);
    default:
      return STEP_PARSERS[word](p);
  }
}

/** Completes a declaration in place, as `finished` does a step. */
function declared(
  p: Parts,
  declaration: UnfinishedDeclaration<Statement>,
  start: number,
  documentation: string | undefined,
): Statement {
  const end = p.previousEnd;
  const closed = end > start && p.text.charCodeAt(end - 1) === CLOSE_BRACE;
  if (!closed) skipRest(p);
  if (p.mark === Punctuation.outcome) strayOutcome(p);
  const open: UnfinishedDeclaration<Statement> & {
    start?: number;
    end?: number;
    documentation?: string | undefined;
  } = declaration;
  open.documentation = documentation;
  open.start = start;
  open.end = end;
  return open as Statement;
}

/** Reports and skips an outcome that belongs to no step. */
export function strayOutcome(p: Parts): void {
  const { start, end } = p;
  p.issues.add("S029", start, end, { statement: p.statement });
  parseOutcome(p);
  p.failed = true;
  skipRest(p);
}

/** Skips what belongs to no part of the statement, up to its outcome or the next statement. */
function skipRest(p: Parts): void {
  while (!p.statementOver()) {
    if (!p.failed && !p.silent) p.unexpected(meant(p));
    p.failed = true;
    // Of a stray `{` in a step, the next line is no part.
    if (p.mark === Punctuation.openBrace) p.skipGroup(p.indentation);
    else p.advance();
  }
}

/** The word of the statement's form that the current one was meant to be, unless it is that very word. */
function meant(p: Parts): string | undefined {
  const found = p.source();
  const instead = nearest(found, p.form.match(/[a-z][a-z-]+/g) ?? []);
  return instead === found ? undefined : instead;
}

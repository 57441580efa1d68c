import type { Diagnostic, Severity } from "../diagnostic.js";
import type { Analysis } from "../lowering/analysis.js";
import type { Edit, Fix } from "./fix.js";
import { fixesFor } from "./fixes-for.js";

/** A text that was compiled and run: what is known of it, and all that was found. */
export interface Checked {
  readonly analysis: Analysis;
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of a text whose safe fixes were applied. */
export interface Repaired {
  readonly text: string;
  /** In the order in which they were applied. */
  readonly applied: readonly { readonly code: string; readonly title: string }[];
}

/** Fixes can make others possible; more rounds than this mean that they only move a mistake around. */
const ROUNDS = 8;

/** How many fixes are tried alone when those of a round do not go together. */
const ALONE = 32;

/** One fix of one finding. */
interface Candidate {
  readonly code: string;
  readonly fix: Fix;
}

/** The text with the edits made. @param edits of this text, none of which overlap */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let position = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** What `repairing` leaves to its host, and what may be told of it. */
export interface RepairOptions {
  /** Fixes of this rule alone; of every rule when left out. */
  readonly only?: string;
  /** Takes the internal errors of rules whose fixes fail. */
  readonly failures?: Diagnostic[];
}

/**
 * Applies the safe fixes of a file's errors and warnings, round after round until nothing changes. A fix is
 * kept only when there are fewer errors or warnings after it, and no error that was not there before.
 * @param file name of the file; fixes that change another one are left alone
 * @param check compiles and runs the file with this text
 */
export function repair(
  file: string,
  text: string,
  check: (text: string) => Checked,
  options: RepairOptions = {},
): Repaired {
  const repairing = repairSteps(file, text, options);
  let next = repairing.next();
  while (!next.done) next = repairing.next(check(next.value));
  return next.value;
}

/**
 * The same for a host that checks a text in its own time: yields each text that has to be compiled and run,
 * and is given what was found.
 */
export function* repairSteps(
  file: string,
  text: string,
  { only, failures }: RepairOptions = {},
): Generator<string, Repaired, Checked> {
  let current = text;
  let found = yield text;
  const applied: { code: string; title: string }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const counted =
      only === undefined ? found.diagnostics : found.diagnostics.filter(({ code }) => code === only);
    const candidates = candidatesOf(file, { analysis: found.analysis, diagnostics: counted }, failures);
    const better = yield* firstBetter(current, found, trials(candidates));
    if (!better) break;
    for (const { code, fix } of better.trial) applied.push({ code, title: fix.title });
    current = better.text;
    found = better.found;
  }
  return { text: current, applied };
}

/** All of them together, then each alone. */
function trials(candidates: readonly Candidate[]): (readonly Candidate[])[] {
  if (candidates.length < 2) return candidates.map((each) => [each]);
  return [candidates, ...candidates.slice(0, ALONE).map((each) => [each])];
}

interface Better {
  readonly text: string;
  readonly found: Checked;
  readonly trial: readonly Candidate[];
}

function* firstBetter(
  text: string,
  before: Checked,
  tried: readonly (readonly Candidate[])[],
): Generator<string, Better | undefined, Checked> {
  for (const trial of tried) {
    const changed = applyEdits(
      text,
      trial.flatMap(({ fix }) => fix.edits),
    );
    if (changed === text) continue;
    const found = yield changed;
    if (isBetter(before, found)) return { text: changed, found, trial };
  }
  return undefined;
}

/** The first safe fix of each finding that counts, as many as do not touch the same text. */
function candidatesOf(
  file: string,
  { analysis, diagnostics }: Checked,
  failures?: Diagnostic[],
): Candidate[] {
  const candidates: Candidate[] = [];
  const taken: Edit[] = [];
  for (const diagnostic of diagnostics.filter(counts)) {
    const fix = fixesFor(diagnostic, analysis, failures).find(
      ({ safe, edits }) => safe && edits.every((edit) => edit.file === file),
    );
    if (!fix || fix.edits.some((edit) => taken.some((other) => touches(edit, other)))) continue;
    taken.push(...fix.edits);
    candidates.push({ code: diagnostic.code, fix });
  }
  return candidates;
}

function counts({ severity }: Diagnostic): boolean {
  return severity === "error" || severity === "warning";
}

/** Two insertions at one place would come in an order that nobody chose. */
function touches(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Fewer errors, or as many and fewer warnings: a statement that works at last may deserve a warning. */
function isBetter(before: Checked, after: Checked): boolean {
  const count = ({ diagnostics }: Checked, severity: Severity) =>
    diagnostics.filter((each) => each.severity === severity).length;
  const errors = count(before, "error") - count(after, "error");
  if (errors < 0 || (errors === 0 && count(after, "warning") >= count(before, "warning"))) return false;
  return newErrors(before.diagnostics, after.diagnostics).length === 0;
}

/** The errors of `after` that `before` does not have, or has less often; their places do not matter. */
export function newErrors(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map<string, number>();
  for (const each of before) known.set(words(each), (known.get(words(each)) ?? 0) + 1);
  return after.filter((each) => {
    if (each.severity !== "error") return false;
    const left = known.get(words(each)) ?? 0;
    known.set(words(each), left - 1);
    return left <= 0;
  });
}

/** A stated outcome that is still not met may be missed in another way, and is no other mistake. */
const OUTCOMES: ReadonlySet<string> = new Set(["U090", "U091"]);

function words({ code, message }: Diagnostic): string {
  return OUTCOMES.has(code) ? code : `${code} ${message}`;
}

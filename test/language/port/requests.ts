import type { RunResult, StepResult } from "../../../engine/language/index.js";
import { outcomeText, wireOf } from "../../../engine/language/index.js";
import type { Outcome } from "../../../engine/simulator/index.js";

/** A request of the original beside what became of it in the ported text. */
export interface Pair {
  readonly statement: string;
  readonly original: StepResult;
  /** `undefined` where the statement has become a comment. */
  readonly ported: StepResult | undefined;
}

const REQUESTS: ReadonlySet<string> = new Set(["dma", "enqcmd", "enqcmds"]);

/** Every request of a file with its counterpart, found by nothing but the order in which both texts have them. */
export function pairs(original: RunResult, ported: RunResult): Pair[] {
  const before = requestsOf(original);
  const after = new Map(requestsOf(ported).map((result) => [result.step.span.start, result]));
  const text = ported.program.sources.get(ported.program.file)!;
  const written = [...text.matchAll(/^[ \t]*(?:\/\/ |\/\* )?((?:dma|enqcmds?) [^\n]*)/gm)];
  if (written.length !== before.length) {
    throw new Error(`${before.length} requests became ${written.length}:\n${text}`);
  }
  return written.map((match, index) => ({
    statement: match[1]!,
    original: before[index]!,
    ported: after.get(match.index + match[0].length - match[1]!.length),
  }));
}

function requestsOf({ program, start, scenarios }: RunResult): StepResult[] {
  return [...start, ...scenarios.flatMap(({ steps }) => steps)]
    .filter(({ step }) => step.kind === "operation" && REQUESTS.has(step.operation.kind))
    .filter(({ step }) => step.span.file === program.file)
    .sort((a, b) => a.step.span.start - b.step.span.start);
}

/** What the hardware made of a request: the memory or the fault, and the number on the wire. */
export function seen({ platform }: RunResult["program"], outcome: Outcome, withWire = true): string {
  const text = outcomeText(platform, outcome).replace(/ wire \w+$/, "");
  return withWire ? `${text} wire ${wireOf(outcome)?.pasid ?? "none"}` : text;
}

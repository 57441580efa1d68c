import type { Address } from "../../address/index.js";
import {
  findingsOf,
  RULES,
  refusalOf,
  type ScenarioResult,
  type Span,
  type Step,
  type StepResult,
} from "../../language/index.js";
import type { Outcome, Stage } from "../../simulator/index.js";
import { explainAssertion, explainFinding, explainOutcome } from "../explain.js";
import { stepOutcome } from "../outcome.js";
import type { Places } from "../places.js";
import { expectedWords, statementText } from "../statement.js";

/** One step and what came of it. */
export interface StepRow {
  readonly passed: boolean;
  readonly span: Span;
  /** From 1. */
  readonly line: number;
  readonly statement: string;
  readonly outcome: string;
  /** What it had to be; only where the outcome is another one. */
  readonly expected: string | undefined;
  /** What happened below the outcome, one sentence each. */
  readonly details: readonly string[];
  /** Whether a walk decided it. */
  readonly walks: boolean;
  /** The stages of the walk; empty when the run did not record them. */
  readonly stages: readonly Stage[];
}

/** A scenario with all its steps. */
export interface ScenarioRows {
  readonly title: string;
  readonly span: Span;
  readonly passed: boolean;
  readonly steps: readonly StepResult[];
}

export function scenarioRows({ scenario, passed, steps }: ScenarioResult): ScenarioRows {
  return { title: scenario.title, span: scenario.span, passed, steps };
}

export function stepRow(places: Places, result: StepResult): StepRow {
  const { program } = places;
  const { step, passed, outcome } = result;
  return {
    passed,
    span: step.span,
    line: places.startOf(step.span).line + 1,
    statement: statementText(program, step),
    outcome: stepOutcome(program.platform, result),
    expected: passed ? undefined : (expectedWords(program, result) ?? "ok"),
    details: detailsOf(places, result),
    walks: outcome !== undefined && walks(outcome),
    stages: outcome ? stagesOf(outcome) : [],
  };
}

/** The stages of a walk; those of every request that a page response resumed, one after the other. */
export function stagesOf(outcome: Outcome): readonly Stage[] {
  return outcome.kind === "responded" ? outcome.resumed.flatMap(stagesOf) : (outcome.stages ?? []);
}

function walks(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "ok":
    case "refused":
      return false;
    case "responded":
      return outcome.resumed.length > 0;
    default:
      return true;
  }
}

function detailsOf({ program: { platform } }: Places, { outcome, assertion, step }: StepResult): string[] {
  if (assertion) return explainAssertion(platform, assertion);
  if (!outcome) return [];
  const seen = findingsOf(outcome).map(explainFinding);
  const rule = refusalOf(outcome)?.rule;
  if (rule !== undefined) {
    // A closed portal has a reason of its own: the rule's title may speak of another case.
    const why = outcome.kind === "portal-refused" ? outcome.text : undefined;
    return [`${rule}: ${why ?? RULES.get(rule)?.title ?? "refused"}`, ...seen];
  }
  const asked = addressOf(step);
  const line = explainOutcome(platform, outcome, asked);
  const resumed =
    outcome.kind === "responded" ? outcome.resumed.map((each) => explainOutcome(platform, each, asked)) : [];
  return [line, ...resumed, ...seen].filter((each) => each !== "");
}

/** The address that a step's request was for. */
function addressOf(step: Step): Address | undefined {
  if (step.kind !== "operation") return undefined;
  const { operation } = step;
  if (operation.kind === "dma") return operation.range.start;
  return "address" in operation ? operation.address : undefined;
}

import { type AssertionResult, outcomeText, type StepResult } from "../language/index.js";
import type { Platform } from "../simulator/index.js";

/** What came of a step in the words that a person could write after `=>`, or the value of an assertion. */
export function stepOutcome(platform: Platform, { step, outcome, assertion }: StepResult): string {
  if (assertion) return assertionOutcome(assertion);
  return outcome ? outcomeText(platform, outcome, step.expectation) : "ok";
}

function assertionOutcome(assertion: AssertionResult): string {
  switch (assertion.kind) {
    case "value":
      return assertion.actual;
    case "isolated":
      return assertion.result.isolated ? "isolated" : "not isolated";
    case "reaches":
      return assertion.result.reached ? "reached" : "not reached";
  }
}

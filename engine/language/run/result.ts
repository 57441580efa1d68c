import type { Isolation, Machine, Origin, Outcome, Reachability } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Program, Scenario, Step } from "../program.js";

/** What an assertion found. `actual` is what the machine says, in the words of the language. */
export type AssertionResult =
  | { readonly kind: "isolated"; readonly result: Isolation }
  | { readonly kind: "reaches"; readonly result: Reachability }
  | { readonly kind: "value"; readonly actual: string; readonly expected: string };

/** A step and what came of it. Exactly one of `outcome` and `assertion` is there. */
export interface StepResult {
  readonly step: Step;
  readonly outcome?: Outcome;
  readonly assertion?: AssertionResult;
  /** The outcome is the stated one, or success where none was stated. */
  readonly passed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly passed: boolean;
  readonly steps: readonly StepResult[];
  /** The machine after the last step. */
  readonly machine: Machine;
}

/** A whole run of a file. */
export interface RunResult {
  readonly program: Program;
  readonly start: readonly StepResult[];
  /** Some statement of the start state was refused; what follows ran without it. */
  readonly incomplete: boolean;
  /** The machine after the start state, from which every scenario begins. */
  readonly machine: Machine;
  readonly scenarios: readonly ScenarioResult[];
  /** Statements whose mappings some request met, whatever came of it. */
  readonly touched: ReadonlySet<Origin>;
  /** All findings in file order: those of the program, of the start state and of the scenarios. */
  readonly diagnostics: readonly Diagnostic[];
}

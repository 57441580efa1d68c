import { boot, type Machine } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import { lowered } from "../names/reporter.js";
import type { Program, Scenario } from "../program.js";
import { MappingUse, staleFindings, staticFindings, unusedFindings } from "../rules/index.js";
import { Shown } from "../switches/index.js";
import { Causes } from "./causes.js";
import { findingsOf } from "./diagnose.js";
import { inFileOrder } from "./order.js";
import type { RunResult, ScenarioResult, StepResult } from "./result.js";
import { Stepper } from "./stepper.js";

/** What a run may do beside running everything. */
export interface RunOptions {
  /** Titles of the scenarios to run; all of them when left out. */
  readonly scenarios?: ReadonlySet<string>;
  /** Keep the stages of every walk in the outcomes. */
  readonly record?: boolean;
}

/** A run in slices: `advance` until it says that it is finished, stop in between whenever you want. */
export class Run {
  private readonly stepper: Stepper;
  private readonly queue: readonly Scenario[];
  private readonly machine: Machine;
  private readonly causes = new Causes();
  private readonly startResults: StepResult[] = [];
  private readonly scenarioResults: ScenarioResult[] = [];
  private readonly diagnostics: Diagnostic[];
  /** Absent when nothing changes what is shown. */
  private readonly shown: Shown | undefined;
  private readonly isPartial: boolean;
  private readonly mappingUse: MappingUse;
  private readonly startKnown = new Set<string>();
  private incomplete = false;
  private started = false;
  private finished = false;
  private current: Current | undefined;

  constructor(
    private readonly program: Program,
    options: RunOptions,
  ) {
    const { scenarios } = options;
    this.stepper = new Stepper(program, options.record ?? false);
    this.queue = scenarios
      ? program.scenarios.filter(({ title }) => scenarios.has(title))
      : program.scenarios;
    this.machine = boot(program.platform);
    this.isPartial = scenarios !== undefined;
    this.diagnostics = [...program.diagnostics];
    this.mappingUse = new MappingUse(program);
    this.shown = program.switches && new Shown(program.switches);
  }

  /**
   * Runs up to `budget` more steps.
   * @param budget a number of steps, at least 1
   * @returns false when everything has run
   */
  advance(budget: number): boolean {
    for (let left = Math.max(1, budget); left > 0; left -= 1) {
      if (!this.step()) return false;
    }
    return true;
  }

  /** The scenarios whose last step has run. */
  get ended(): readonly ScenarioResult[] {
    return this.scenarioResults;
  }

  /** What is known so far: a scenario counts when its last step has run. */
  result(): RunResult {
    return {
      program: this.program,
      start: this.startResults,
      incomplete: this.incomplete,
      machine: this.machine,
      scenarios: this.scenarioResults,
      touched: this.mappingUse.touched,
      diagnostics: inFileOrder(this.program, this.diagnostics),
    };
  }

  private step(): boolean {
    if (!this.started) {
      const step = this.program.start[this.startResults.length];
      if (step) {
        const raw = this.stepper.run(this.machine, step, this.causes);
        this.mappingUse.note(this.machine, step);
        noteKnown(this.startKnown, raw);
        const result = this.shown?.step(raw) ?? raw;
        this.startResults.push(result);
        this.keep(result.diagnostics);
        if (!result.passed && result.outcome?.kind === "refused") this.incomplete = true;
        return true;
      }
      this.started = true;
      this.keepShown(asStated(staticFindings(this.machine, this.program), this.startKnown));
      this.keepShown(unusedFindings(this.machine, this.program));
    }
    return this.scenarioStep();
  }

  private scenarioStep(): boolean {
    const current = this.current ?? this.next();
    if (!current) return this.finish();
    const { scenario, machine, causes, steps, known } = current;
    const step = scenario.steps[steps.length];
    if (step) {
      const raw = this.stepper.run(machine, step, causes);
      this.mappingUse.note(machine, step);
      noteKnown(known, raw);
      const result = inScenario(this.shown?.step(raw) ?? raw, scenario.title);
      steps.push(result);
      this.keep(result.diagnostics);
    }
    if (steps.length >= scenario.steps.length) {
      const found = asStated(this.ofScenario(machine, scenario), known);
      const done = scenario.steps.filter((_, index) => steps[index]?.outcome?.kind !== "refused");
      const stale = staleFindings(machine, this.program, done, staleSpaces(steps));
      this.keepShown(tagged([...found, ...stale], scenario.title));
      this.scenarioResults.push({ scenario, passed: steps.every(({ passed }) => passed), steps, machine });
      this.current = undefined;
    }
    return true;
  }

  private next(): Current | undefined {
    const scenario = this.queue[this.scenarioResults.length];
    if (scenario) {
      const [machine, causes] = [this.machine.fork(), this.causes.copy()];
      this.current = { scenario, machine, causes, steps: [], known: new Set() };
    }
    return this.current;
  }

  /** A run of some scenarios cannot tell what the others use, nor what a switch would hide in them. */
  private finish(): false {
    if (!this.finished && !this.isPartial) {
      this.keepShown(this.mappingUse.findings(this.machine));
      this.keep(this.shown?.unused(this.program.file) ?? []);
    }
    this.finished = true;
    return false;
  }

  /**
   * Facts that no single call shows, about what the scenario did itself: what the start state left is told
   * already, and a scenario that takes it apart again does so on purpose.
   */
  private ofScenario(machine: Machine, { span, steps }: Scenario): Diagnostic[] {
    if (!steps.some((step) => step.kind === "operation" && step.operation.kind === "attach")) return [];
    const end = steps.at(-1)?.span.end ?? span.end;
    return staticFindings(machine, this.program).filter(
      ({ span: place }) => place.file === span.file && place.start >= span.start && place.start < end,
    );
  }

  private keepShown(diagnostics: readonly Diagnostic[]): void {
    this.keep(this.shown?.list(diagnostics) ?? diagnostics);
  }

  private keep(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.diagnostics.push(diagnostic);
  }
}

/** The scenario that is running. */
interface Current {
  readonly scenario: Scenario;
  readonly machine: Machine;
  readonly causes: Causes;
  readonly steps: StepResult[];
  /** Rules whose effect some step of it states. */
  readonly known: Set<string>;
}

/** Spaces, as `vm0.gva`, of which some request of the steps was answered from a stale entry. */
function staleSpaces(steps: readonly StepResult[]): ReadonlySet<string> {
  const spaces = new Set<string>();
  for (const { outcome } of steps) {
    for (const finding of outcome ? findingsOf(outcome) : []) {
      if (finding.kind === "stale-entry") spaces.add(finding.space);
    }
  }
  return spaces;
}

/** A rule that the file itself states the effect of with `=> …` is known to its author: a hint is enough. */
function asStated(diagnostics: readonly Diagnostic[], known: ReadonlySet<string>): readonly Diagnostic[] {
  if (known.size === 0) return diagnostics;
  return diagnostics.map((each) => (known.has(each.code) ? lowered(each, "hint") : each));
}

function noteKnown(known: Set<string>, { diagnostics }: StepResult): void {
  for (const { severity, code } of diagnostics) if (severity === "hint") known.add(code);
}

function tagged(diagnostics: readonly Diagnostic[], scenario: string): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => ({ ...diagnostic, scenario }));
}

function inScenario(result: StepResult, scenario: string): StepResult {
  return result.diagnostics.length === 0
    ? result
    : { ...result, diagnostics: tagged(result.diagnostics, scenario) };
}

/** Begins a run of a compiled file; nothing has happened yet when it returns. */
export function start(program: Program, options: RunOptions = {}): Run {
  return new Run(program, options);
}

/** Runs a compiled file to its end. */
export function runToEnd(program: Program, options: RunOptions = {}): RunResult {
  const run = start(program, options);
  while (run.advance(1024));
  return run.result();
}

import type { Diagnostic, RunResult, ScenarioResult, Span, StepResult } from "../../language/index.js";
import { stepOutcome } from "../outcome.js";
import { Places } from "../places.js";
import { expectedWords, statementText } from "../statement.js";
import { LEVELS, type RunReport, type Unreadable } from "./report-input.js";
import { type Element, xmlText } from "./xml.js";

/**
 * What `--format junit` prints: a test suite for each file, in it a test case for the start state, with
 * everything that is wrong outside the scenarios, and one for each scenario. No times: a run has no clock.
 */
export function junitText({ files, unreadable, isWhole }: RunReport): string {
  const suites = [...files.map(suiteOf), ...unreadable.map(unreadableSuite)];
  if (!isWhole) suites.push(interruptedSuite());
  const elements = suites.map(suiteElement);
  return xmlText({
    name: "testsuites",
    attributes: { name: "ioasid", ...countsOf(suites.flatMap(({ cases }) => cases)) },
    content: elements,
  });
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  /** Warnings and notes, which fail nothing. */
  readonly remarks: readonly string[];
}

interface Case {
  readonly name: string;
  readonly problem?: Problem;
}

/** A failure is a wrong outcome; an error is a case that could not be looked at. */
interface Problem {
  readonly kind: "failure" | "error";
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

function suiteOf(result: RunResult): Suite {
  const { program, scenarios, diagnostics } = result;
  const places = new Places(program);
  const errorsIn = byScenario(diagnostics);
  return {
    name: program.file,
    cases: [
      caseOf("start state", failuresOf(places, result.start, errorsIn.get(undefined) ?? [])),
      ...scenarios.map((each) => scenarioCase(places, each, errorsIn)),
    ],
    remarks: diagnostics
      .filter(({ severity }) => severity === "warning" || severity === "information")
      .map(
        (remark) =>
          `${LEVELS[remark.severity]} ${remark.code} ${placeText(places, remark.span)} ${remark.message}`,
      ),
  };
}

function byScenario(diagnostics: readonly Diagnostic[]): Map<string | undefined, Diagnostic[]> {
  const found = new Map<string | undefined, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== "error") continue;
    const list = found.get(diagnostic.scenario);
    if (list) list.push(diagnostic);
    else found.set(diagnostic.scenario, [diagnostic]);
  }
  return found;
}

/** Two scenarios may have one title, so an error belongs to the one in whose braces it stands. */
function scenarioCase(
  places: Places,
  { scenario, steps }: ScenarioResult,
  errorsIn: ReadonlyMap<string | undefined, Diagnostic[]>,
): Case {
  const last = scenario.steps.at(-1)?.span ?? scenario.span;
  const errors = (errorsIn.get(scenario.title) ?? []).filter(
    ({ span }) => span.file !== last.file || (span.start >= scenario.span.start && span.start <= last.end),
  );
  return caseOf(scenario.title, failuresOf(places, steps, errors));
}

interface Failure {
  readonly type: string;
  readonly place: string;
  /** What the step was and what came of it; `undefined` where the words of a rule say all. */
  readonly step: string | undefined;
  readonly messages: readonly string[];
}

/** Every step that failed with what is said of it, then what is wrong beside the steps. */
function failuresOf(places: Places, steps: readonly StepResult[], errors: readonly Diagnostic[]): Failure[] {
  const failed = steps.filter(({ passed }) => !passed);
  const { bySteps, others } = assigned(failed, errors);
  const failures = failed.map((result): Failure => {
    const said = bySteps.get(result) ?? [];
    return {
      type: said[0]?.code ?? "outcome",
      place: placeText(places, result.step.span),
      step: stepText(places, result),
      messages: said.map(messageOf),
    };
  });
  for (const error of others) {
    const place = placeText(places, error.span);
    failures.push({ type: error.code, place, step: undefined, messages: [messageOf(error)] });
  }
  return failures;
}

/** An error is about the step that begins where it stands, or whose stated outcome begins there. */
function assigned(steps: readonly StepResult[], errors: readonly Diagnostic[]) {
  const starts = new Map<string, StepResult>();
  for (const result of steps) {
    const { span, expectation } = result.step;
    starts.set(startOf(span), result);
    if (expectation) starts.set(startOf(expectation.span), result);
  }
  const bySteps = new Map<StepResult, Diagnostic[]>();
  const others: Diagnostic[] = [];
  for (const error of errors) {
    const step = starts.get(startOf(error.span));
    const said = step ? bySteps.get(step) : others;
    if (said) said.push(error);
    else if (step) bySteps.set(step, [error]);
  }
  return { bySteps, others };
}

function startOf({ file, start }: Span): string {
  return `${start} ${file}`;
}

function messageOf({ code, message }: Diagnostic): string {
  return `${code}: ${message}`;
}

/** `dma nic read 0x1000: expected ram[0x2000], but it came to ram[0x1000].` */
function stepText({ program }: Places, result: StepResult): string {
  const expected = expectedWords(program, result) ?? "ok";
  const actual = stepOutcome(program.platform, result);
  return `${statementText(program, result.step)}: expected ${expected}, but it came to ${actual}.`;
}

function caseOf(name: string, failures: readonly Failure[]): Case {
  const [first] = failures;
  if (!first) return { name };
  const more = failures.length === 1 ? "" : ` (and ${failures.length - 1} more)`;
  const message = `${first.place}: ${first.messages[0] ?? first.step ?? ""}${more}`;
  const text = failures.flatMap(({ place, step, messages }) => [
    step === undefined ? place : `${place}: ${step}`,
    ...messages.map((each) => `  ${each}`),
  ]);
  return { name, problem: { kind: "failure", type: first.type, message, text: text.join("\n") } };
}

function unreadableSuite({ file, message }: Unreadable): Suite {
  const problem: Problem = { kind: "error", type: "unreadable", message, text: message };
  return { name: file, cases: [{ name: "the file can be read", problem }], remarks: [] };
}

function interruptedSuite(): Suite {
  const message = "The run was interrupted; the scenarios that did not run are missing here.";
  const problem: Problem = { kind: "error", type: "interrupted", message, text: message };
  return { name: "ioasid", cases: [{ name: "the run ends", problem }], remarks: [] };
}

function suiteElement({ name, cases, remarks }: Suite): Element {
  const output: Element[] =
    remarks.length === 0 ? [] : [{ name: "system-out", attributes: {}, content: remarks.join("\n") }];
  return {
    name: "testsuite",
    attributes: { name, ...countsOf(cases) },
    content: [...cases.map((each) => caseElement(name, each)), ...output],
  };
}

function caseElement(file: string, { name, problem }: Case): Element {
  const attributes = { name, classname: file };
  if (!problem) return { name: "testcase", attributes };
  const { kind, type, message, text } = problem;
  return {
    name: "testcase",
    attributes,
    content: [{ name: kind, attributes: { message, type }, content: text }],
  };
}

function countsOf(cases: readonly Case[]): { tests: number; failures: number; errors: number } {
  const count = (kind: Problem["kind"]) => cases.filter(({ problem }) => problem?.kind === kind).length;
  return { tests: cases.length, failures: count("failure"), errors: count("error") };
}

function placeText(places: Places, span: Span): string {
  const { line, character } = places.startOf(span);
  return `${span.file}:${line + 1}:${character + 1}`;
}

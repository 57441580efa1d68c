import type { StepResult } from "../../language/index.js";
import type { Stage } from "../../simulator/index.js";
import { plural } from "../names.js";
import { limited } from "../rows/limit.js";
import { type ScenarioRows, type StepRow, stepRow } from "../rows/steps.js";
import { type Content, type Element, h, htmlText } from "./element.js";
import { type Page, placeAttributes } from "./options.js";
import { moreNote } from "./table.js";

/** More passed steps than this make a page that nobody reads at a glance: passed scenarios are closed then. */
const OPEN_STEPS = 200;

/**
 * A scenario with its verdict and its steps; one that failed is open.
 * @param index of the scenario in its program
 * @param all number of steps on the whole page
 */
export function scenarioElement(page: Page, scenario: ScenarioRows, index: number, all: number): Element {
  const { title, passed, steps } = scenario;
  return h(
    "details",
    { class: `scenario ${passed ? "passed" : "failed"}`, open: !passed || all <= OPEN_STEPS },
    h("summary", {}, h("h3", {}, `Scenario "${title}"`), " ", verdict(passed)),
    ...stepsTable(page, `Steps of the scenario "${title}"`, steps, index),
  );
}

/** The calls that made the start state; open when one of them is not as stated. */
export function startElement(page: Page, steps: readonly StepResult[]): Element | undefined {
  if (steps.length === 0) return undefined;
  const passed = steps.every((step) => step.passed);
  return h(
    "details",
    { class: `scenario start ${passed ? "passed" : "failed"}`, open: !passed },
    h("summary", {}, h("h3", {}, `Start state, ${plural(steps.length, "call")}`), " ", verdict(passed)),
    ...stepsTable(page, "Calls of the start state", steps, undefined),
  );
}

function verdict(passed: boolean): Element {
  return passed ? h("span", { class: "good" }, "passed") : h("span", { class: "bad" }, "failed");
}

/** @param scenario index of the scenario, by which the stages of a step can be asked for; none for the start state */
function stepsTable(
  page: Page,
  caption: string,
  steps: readonly StepResult[],
  scenario: number | undefined,
): Element[] {
  const numbered = steps.map((result, index) => ({ result, index }));
  const { shown, more } = limited(numbered, page.rows, ({ result }) => !result.passed);
  const table = h(
    "table",
    { class: "steps" },
    h("caption", {}, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", class: "number" }, "line"),
        ...["verdict", "statement", "outcome"].map((head) => h("th", { scope: "col" }, head)),
      ),
    ),
    h(
      "tbody",
      {},
      ...shown.map(({ result, index }) =>
        stepElement(page, stepRow(page.places, result), { scenario, step: index }),
      ),
    ),
  );
  return more === undefined ? [table] : [table, moreNote(more)];
}

/** A step by its number in its scenario or in the start state. */
interface StepAt {
  readonly scenario: number | undefined;
  readonly step: number;
}

function stepElement(page: Page, row: StepRow, at: StepAt): Element {
  const { passed, line, statement, outcome, expected, details } = row;
  const below: Content[] = details.map((detail) => h("li", {}, detail));
  return h(
    "tr",
    { class: passed ? "passed" : "failed", ...placeAttributes(page, row.span) },
    h("th", { scope: "row", class: "number" }, line),
    h("td", { class: `verdict ${passed ? "good" : "bad"}` }, passed ? "passed" : "failed"),
    h("td", {}, codeElement(statement)),
    h(
      "td",
      {},
      h("code", { class: passed ? undefined : "bad" }, outcome),
      expected === undefined
        ? undefined
        : h("p", { class: "expected" }, "expected ", h("code", {}, expected)),
      below.length === 0 ? undefined : h("ul", { class: "below" }, ...below),
      stagesElement(page, row, at),
    ),
  );
}

/** Code that is broken anywhere but in an arrow. */
function codeElement(code: string): Element {
  const pieces = code.split(/(->)/);
  return h("code", {}, ...pieces.map((each) => (each === "->" ? h("span", { class: "arrow" }, each) : each)));
}

/** The stages where they were recorded; else a place for them, when whoever shows the page can fetch them. */
function stagesElement(page: Page, { walks, stages }: StepRow, at: StepAt): Element | undefined {
  if (stages.length > 0) {
    const summary = h("summary", {}, `${plural(stages.length, "stage")} of the walk`);
    return h("details", { class: "stages" }, summary, stageList(page, stages));
  }
  if (!walks || !page.options.stagesOnDemand) return undefined;
  return h(
    "details",
    { class: "stages", "data-scenario": at.scenario, "data-step": at.step },
    h("summary", {}, "Stages of the walk"),
  );
}

function stageList(page: Page, stages: readonly Stage[]): Element {
  return h("ol", {}, ...stages.map((stage) => stageItem(page, stage)));
}

function stageItem(page: Page, { kind, text, origin }: Stage): Element {
  const place = placeAttributes(page, page.places.spanOf(origin));
  return h("li", place, h("span", { class: "kind" }, kind), " ", text);
}

/** The stages of one walk, as they stand in a page. */
export function stagesHtml(page: Page, stages: readonly Stage[]): string {
  return htmlText(stageList(page, stages));
}

import type { StepResult } from "../../language/index.js";
import type { Places } from "../places.js";
import { limited, PAGE_ROWS } from "../rows/limit.js";
import { type StepRow, stepRow } from "../rows/steps.js";
import { codeText, plainText, tableLines } from "./text.js";

const COLUMNS = [
  { heading: "" },
  { heading: "line", numeric: true },
  { heading: "statement" },
  { heading: "outcome" },
];

/** Steps as a table; what happened stands below the outcome. Stages of walks would make rows that nobody reads. */
export function stepLines(places: Places, steps: readonly StepResult[], most = PAGE_ROWS): string[] {
  const { shown, more } = limited(steps, most, ({ passed }) => !passed);
  const lines = tableLines(
    COLUMNS,
    shown.map((result) => cellsOf(stepRow(places, result))),
  );
  return more === undefined ? lines : [...lines, "", more];
}

function cellsOf({ passed, line, statement, outcome, expected, details }: StepRow): string[] {
  const below = [
    codeText(outcome),
    ...(expected === undefined ? [] : [`expected ${codeText(expected)}`]),
    ...details.map(plainText),
  ];
  return [passed ? "✓" : "✗", String(line), codeText(statement), below.join("<br>")];
}

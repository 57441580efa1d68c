import type { ScenarioResult, StepResult } from "../../language/index.js";
import { plural } from "../names.js";
import type { Places } from "../places.js";
import { type StepRow, stepRow } from "../rows/steps.js";
import { folded } from "./fold.js";
import { cellWidth, printable, wrapped } from "./printable.js";
import type { Style } from "./style.js";

/** Columns of a terminal that the text is made for. */
const PAGE_WIDTH = 100;

/** A statement longer than this has its outcome on a line of its own. */
const STATEMENT_WIDTH = 50;

/**
 * Each scenario with its title, its verdict and its steps; the outcomes of all of them stand under each
 * other.
 */
export function scenariosText(places: Places, results: readonly ScenarioResult[], style: Style): string[][] {
  const scenarios = results.map(({ scenario, passed, steps }) => {
    const { shown, more } = folded(steps, failuresAmong);
    return { title: scenario.title, passed, rows: shown.map((step) => rowOf(places, step)), more };
  });
  const rows = scenarios.flatMap((scenario) => scenario.rows);
  const widths: Widths = {
    line: Math.max(0, ...rows.map(({ line }) => line.length)),
    statement: Math.min(STATEMENT_WIDTH, Math.max(0, ...rows.map(({ statement }) => cellWidth(statement)))),
  };
  return scenarios.map(({ title, passed, rows, more }) => {
    const verdict = passed ? style.green("passed") : style.red("failed");
    const lines = [`${style.bold(`Scenario "${printable(title)}"`)}  ${verdict}`];
    for (const row of rows) lines.push(...rowText(row, widths, style));
    if (more !== undefined) lines.push(`  ${style.dim(more)}`);
    return lines;
  });
}

/** Columns of the line numbers and of the statements. */
interface Widths {
  readonly line: number;
  readonly statement: number;
}

function failuresAmong(hidden: readonly StepResult[]): string {
  const failed = hidden.filter(({ passed }) => !passed).length;
  return failed === 0 ? "" : `, ${plural(failed, "of them failed", "of them failed")}`;
}

/** One step in signs that a terminal can show, ready to be aligned. */
interface Row extends Pick<StepRow, "passed" | "statement" | "outcome" | "expected" | "details"> {
  readonly line: string;
}

function rowOf(places: Places, result: StepResult): Row {
  const row = stepRow(places, result);
  return {
    ...row,
    line: String(row.line),
    statement: printable(row.statement),
    outcome: printable(row.outcome),
    details: row.details.map(printable),
  };
}

function rowText(row: Row, { line: lineWidth, statement: width }: Widths, style: Style): string[] {
  const mark = row.passed ? style.green("✓") : style.red("✗");
  const outcome = row.passed ? row.outcome : style.red(row.outcome);
  const head = `  ${mark} ${style.dim(row.line.padStart(lineWidth))}  `;
  const indent = " ".repeat(lineWidth + 6);
  const gap = width - cellWidth(row.statement);
  const lines =
    gap >= 0
      ? [`${head}${row.statement}${" ".repeat(gap)}  ${outcome}`]
      : [`${head}${row.statement}`, `${indent}${" ".repeat(width)}  ${outcome}`];
  if (row.expected !== undefined) {
    lines.push(`${indent}${" ".repeat(width)}  ${style.red(`expected ${row.expected}`)}`);
  }
  for (const detail of row.details) {
    for (const line of wrapped(detail, PAGE_WIDTH - indent.length - 2)) {
      lines.push(`${indent}  ${style.dim(line)}`);
    }
  }
  return lines;
}

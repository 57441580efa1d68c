import type { RunResult } from "../../language/index.js";
import { plural } from "../names.js";
import { Places } from "../places.js";
import { worthReading } from "../rows/findings.js";
import { headFacts, INCOMPLETE, stateTables, summarySentence } from "../rows/run.js";
import { type RunSummary, summaryOf, totalOf } from "../summary.js";
import { diagnosticsText } from "./diagnostics.js";
import { printable } from "./printable.js";
import { scenariosText } from "./steps.js";
import type { Style } from "./style.js";
import { tableText } from "./table.js";

/**
 * What `ioasid run` says of a file: its devices, every scenario step by step, then the PASID tables and
 * KVM mappings of the start state, what is wrong, and one line that sums up.
 */
export function runText(result: RunResult, style: Style): string {
  const { program, machine } = result;
  const places = new Places(program);
  const tables = stateTables(machine);
  const sections = [
    headText(result, style),
    tableText(tables.devices, style),
    ...scenariosText(places, result.scenarios, style),
    tableText(tables.pasidTables, style),
    tableText(tables.requiredMappings, style),
    tableText(tables.vmxTables, style),
    findingsText(places, result, style),
    [summaryText(summaryOf(result), style)],
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function headText(result: RunResult, style: Style): string[] {
  const lines = [style.bold(printable(result.program.file)), `  ${headFacts(result).join(" · ")}`];
  return result.incomplete ? [...lines, `  ${style.red(INCOMPLETE)}`] : lines;
}

function findingsText(places: Places, result: RunResult, style: Style): string[] {
  const worth = worthReading(result.diagnostics);
  const title = style.bold("Conflicts and findings");
  if (worth.length === 0) return [title, "  none"];
  const lines = diagnosticsText(places, worth, style);
  return [title, ...lines.map((line) => (line === "" ? "" : `  ${line}`))];
}

/** One line for all files of a call; empty for a single one, which has said it already. */
export function totalText(results: readonly RunResult[], style: Style): string[] {
  if (results.length < 2) return [];
  const total = summaryText(totalOf(results.map(summaryOf)), style);
  return [`${style.bold(plural(results.length, "file"))} · ${total}\n`];
}

function summaryText(summary: RunSummary, style: Style): string {
  const text = summarySentence(summary);
  return style.bold(summary.isGood ? style.green(text) : style.red(text));
}

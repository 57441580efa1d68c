import type { RunResult } from "../../language/index.js";
import { deviceReports } from "../capabilities.js";
import { requiredMappings, vmxTableReport } from "../kvm.js";
import { plural } from "../names.js";
import { pasidTableReport } from "../pasid-tables.js";
import { Places } from "../places.js";
import { type RunSummary, summaryOf, totalOf } from "../summary.js";
import { diagnosticsText, worthReading } from "./diagnostics.js";
import { printable } from "./printable.js";
import { scenariosText } from "./steps.js";
import type { Style } from "./style.js";
import { devicesText, pasidTablesText, requiredMappingsText, vmxTablesText } from "./tables.js";

/**
 * What `ioasid run` says of a file: its devices, every scenario step by step, then the PASID tables and
 * KVM mappings of the start state, what is wrong, and one line that sums up.
 */
export function runText(result: RunResult, style: Style): string {
  const { program, machine } = result;
  const places = new Places(program);
  const summary = summaryOf(result);
  const sections = [
    headText(result, style),
    devicesText(deviceReports(machine), style),
    ...scenariosText(places, result.scenarios, style),
    pasidTablesText(pasidTableReport(machine), style),
    requiredMappingsText(requiredMappings(machine), style),
    vmxTablesText(vmxTableReport(machine), style),
    findingsText(places, result, style),
    [summaryText(summary, style)],
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function headText({ program, start, incomplete }: RunResult, style: Style): string[] {
  const { platform } = program;
  const guests = platform.owners.filter(({ kind }) => kind === "guest").length;
  const natives = platform.owners.length - guests;
  const parts = [
    `uapi ${platform.uapi}`,
    plural(platform.iommus.length, "IOMMU"),
    plural(platform.devices.length, "device"),
    ...(guests > 0 ? [plural(guests, "guest")] : []),
    ...(natives > 0 ? [plural(natives, "native owner")] : []),
    `start state of ${plural(start.length, "call")}`,
  ];
  const lines = [style.bold(printable(program.file)), `  ${parts.join(" · ")}`];
  if (incomplete)
    lines.push(`  ${style.red("start state incomplete: a statement of it was refused and skipped")}`);
  return lines;
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

/** `2 scenarios passed, 11 steps as stated · 1 warning`. */
function summaryText(summary: RunSummary, style: Style): string {
  const { scenarios, failedScenarios, steps, failedSteps, errors, warnings, notes } = summary;
  const verdict =
    failedScenarios === 0
      ? `${plural(scenarios, "scenario")} passed, ${plural(steps, "step")} as stated`
      : `${failedScenarios} of ${plural(scenarios, "scenario")} failed, ${failedSteps} of ${plural(steps, "step")} not as stated`;
  const counts = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
    ...(notes > 0 ? [plural(notes, "note")] : []),
  ];
  const text = [scenarios === 0 ? "no scenario ran" : verdict, ...counts].join(" · ");
  return style.bold(summary.isGood ? style.green(text) : style.red(text));
}

import type { RunResult } from "../../language/index.js";
import type { Machine } from "../../simulator/index.js";
import { deviceReports } from "../capabilities.js";
import { requiredMappings, vmxTableReport } from "../kvm.js";
import { plural } from "../names.js";
import { pasidTableReport } from "../pasid-tables.js";
import { type RunSummary, summaryOf } from "../summary.js";
import { devicesTable } from "./devices.js";
import { requiredMappingsTable, vmxTablesTable } from "./kvm.js";
import { pasidTablesTable } from "./pasid-tables.js";
import type { Table } from "./table.js";

/** Said of a run whose start state is not what the file says. */
export const INCOMPLETE = "start state incomplete: a statement of it was refused and skipped";

/** `uapi v1`, `1 IOMMU`, `4 devices` …: what the file is about, a few words each. */
export function headFacts({ program, start }: RunResult): string[] {
  const { platform } = program;
  const guests = platform.owners.filter(({ kind }) => kind === "guest").length;
  const natives = platform.owners.length - guests;
  return [
    `uapi ${platform.uapi}`,
    plural(platform.iommus.length, "IOMMU"),
    plural(platform.devices.length, "device"),
    ...(guests > 0 ? [plural(guests, "guest")] : []),
    ...(natives > 0 ? [plural(natives, "native owner")] : []),
    `start state of ${plural(start.length, "call")}`,
  ];
}

/** What a machine holds, table by table. */
export function stateTables(machine: Machine): {
  readonly devices: Table;
  readonly pasidTables: Table;
  readonly requiredMappings: Table;
  readonly vmxTables: Table;
} {
  return {
    devices: devicesTable(deviceReports(machine)),
    pasidTables: pasidTablesTable(pasidTableReport(machine)),
    requiredMappings: requiredMappingsTable(requiredMappings(machine)),
    vmxTables: vmxTablesTable(vmxTableReport(machine)),
  };
}

/** `2 scenarios passed, 11 steps as stated · 1 warning`. */
export function summarySentence(summary: RunSummary): string {
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
  return [scenarios === 0 ? "no scenario ran" : verdict, ...counts].join(" · ");
}

/** The same of a single run. */
export function runSentence(result: RunResult): string {
  return summarySentence(summaryOf(result));
}

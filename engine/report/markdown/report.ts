import type { RunResult } from "../../language/index.js";
import { Places } from "../places.js";
import { headFacts, INCOMPLETE, runSentence, stateTables } from "../rows/run.js";
import { type ScenarioRows, scenarioRows } from "../rows/steps.js";
import { findingLines } from "./findings.js";
import { stepLines } from "./steps.js";
import { tableSection } from "./table.js";
import { plainText } from "./text.js";

/** What the Markdown of a report may be told beside the run. */
export interface MarkdownOptions {
  /** Rows of one list beyond which it is folded; 500 when left out. */
  readonly rows?: number;
}

/** The report of a run as Markdown, as it can be sent or put into an issue: the same rows as in the text. */
export function reportMarkdown(result: RunResult, { rows }: MarkdownOptions = {}): string {
  const places = new Places(result.program);
  const tables = stateTables(result.machine);
  const sections = [
    head(result),
    findingLines(places, result.diagnostics, rows),
    ...startSection(places, result, rows),
    ...result.scenarios.map((each) => scenarioSection(places, scenarioRows(each), rows)),
    tableSection(tables.pasidTables, rows),
    tableSection(tables.requiredMappings, rows),
    tableSection(tables.vmxTables, rows),
    tableSection(tables.devices, rows),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function head(result: RunResult): string[] {
  const lines = [
    `# ${plainText(result.program.file)}`,
    "",
    headFacts(result).join(" · "),
    "",
    `**${runSentence(result)}**`,
  ];
  return result.incomplete ? [...lines, "", `**${INCOMPLETE}**`] : lines;
}

/** The start state where something in it is not as stated; its results stand in the tables otherwise. */
function startSection(places: Places, { start }: RunResult, rows: number | undefined): string[][] {
  if (start.every(({ passed }) => passed)) return [];
  return [["## Start state: failed", "", ...stepLines(places, start, rows)]];
}

function scenarioSection(
  places: Places,
  { title, passed, steps }: ScenarioRows,
  rows: number | undefined,
): string[] {
  const heading = `## Scenario "${plainText(title)}": ${passed ? "passed" : "failed"}`;
  return steps.length === 0 ? [heading] : [heading, "", ...stepLines(places, steps, rows)];
}

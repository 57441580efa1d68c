import type { Diagnostic } from "../../language/index.js";
import type { Places } from "../places.js";
import { type FindingRow, findingRow, placeText, worthReading } from "../rows/findings.js";
import { limited, PAGE_ROWS } from "../rows/limit.js";
import { codeText, plainText, sentenceText } from "./text.js";

/** What is wrong and what is worth knowing, the worst first, as a list. */
export function findingLines(places: Places, diagnostics: readonly Diagnostic[], most = PAGE_ROWS): string[] {
  const worth = worthReading(diagnostics);
  const heading = ["## Conflicts and findings", ""];
  if (worth.length === 0) return [...heading, "none"];
  const { shown, more } = limited(worth, most, ({ severity }) => severity === "error");
  const items = shown.flatMap((diagnostic) => itemLines(places, findingRow(diagnostic)));
  return [...heading, ...items, ...(more === undefined ? [] : ["", more])];
}

function itemLines(places: Places, row: FindingRow): string[] {
  const { label, code, title, span, scenario, message, help, related } = row;
  const where = scenario === undefined ? "" : ` in the scenario "${plainText(scenario)}"`;
  return [
    `- **${label} ${code}**${title === "" ? "" : ` ${plainText(title)}`}, ${codeText(placeText(places, span))}${where}  `,
    `  ${sentenceText(message)}`,
    ...(help === undefined ? [] : [`  **What would work:** ${sentenceText(help)}`]),
    ...related.map((each) => `  - ${codeText(placeText(places, each.span))} ${sentenceText(each.message)}`),
  ];
}

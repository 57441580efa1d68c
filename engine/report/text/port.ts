import type { PlacedFinding } from "../../language/index.js";
import { printable } from "./printable.js";

/**
 * What a port could not bring along, for a terminal: what has no counterpart once, with the lines where it
 * stands, and then what merely answers otherwise.
 */
export function portText(findings: readonly PlacedFinding[]): string {
  const lines: string[] = [];
  const groups = new Map<string, PlacedFinding[]>();
  for (const finding of findings) {
    if (!finding.counterpart) continue;
    const group = groups.get(finding.message);
    if (group) group.push(finding);
    else groups.set(finding.message, [finding]);
  }
  for (const [message, group] of groups) {
    const [{ file, line, counterpart } = group[0]!, ...others] = group;
    const also = others.map((each) => (each.file === file ? String(each.line) : `${each.file}:${each.line}`));
    lines.push(`${file}:${line}: ${message}`);
    if (also.length > 0) lines.push(`    also: ${also.join(", ")}`);
    lines.push(`    today: ${counterpart!.instead}`, `    source: ${counterpart!.source}`);
  }
  for (const { file, line, message, counterpart } of findings) {
    if (!counterpart) lines.push(`${file}:${line}: ${message}`);
  }
  return lines.map((line) => `${printable(line)}\n`).join("");
}

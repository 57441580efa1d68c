import type { Diagnostic } from "../../language/index.js";
import { ERRNO } from "../../simulator/index.js";
import { countText } from "../names.js";
import type { Places } from "../places.js";
import { type FindingRow, findingRow, placeText, severityCounts, worthReading } from "../rows/findings.js";
import { folded } from "./fold.js";
import { frame } from "./frame.js";
import { printable, wrapped } from "./printable.js";
import type { Style } from "./style.js";

/** Columns of a message: the page less its indentation, also where a run lists it under a heading. */
const MESSAGE_WIDTH = 96;

/**
 * Each diagnostic with its place, the worst first. Errors and warnings have their source line and are
 * folded when there are many; of the notes of one rule only the first few are shown.
 */
export function diagnosticsText(places: Places, diagnostics: readonly Diagnostic[], style: Style): string[] {
  const worth = worthReading(diagnostics);
  const notes = worth.filter(({ severity }) => severity === "information");
  const conflicts = worth.filter(({ severity }) => severity !== "information");
  const { shown, more } = folded(conflicts, (hidden) => `: ${severityCounts(hidden)}`);
  const blocks = shown.map((diagnostic) => diagnosticText(places, diagnostic, style).join("\n"));
  if (more !== undefined) blocks.push(style.dim(more));
  for (const [code, same] of byCode(notes)) {
    const first = same.slice(0, NOTES_SHOWN);
    blocks.push(...first.map((diagnostic) => diagnosticText(places, diagnostic, style).join("\n")));
    const hidden = same.length - first.length;
    if (hidden > 0) blocks.push(style.dim(`… ${countText(hidden)} more of ${code}`));
  }
  return blocks.join("\n\n").split("\n");
}

/** Notes of one rule that are shown; more of them say nothing new. */
const NOTES_SHOWN = 3;

function byCode(notes: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const note of notes) {
    const group = groups.get(note.code);
    if (group) group.push(note);
    else groups.set(note.code, [note]);
  }
  return groups;
}

function diagnosticText(places: Places, diagnostic: Diagnostic, style: Style): string[] {
  const row = findingRow(diagnostic);
  const { severity, label, code, title, span, related, scenario } = row;
  const { errno } = diagnostic;
  const answer = errno === undefined ? "" : `  ${errno} (-${ERRNO[errno]})`;
  const paints = { error: style.red, warning: style.yellow, information: style.cyan, hint: style.dim };
  const lines = [
    `${paints[severity](style.bold(`${label} ${code}`))}  ${style.bold(title)}${answer}`.trimEnd(),
    `  ${printable(placeText(places, span))}${scenario === undefined ? "" : style.dim(`  in scenario "${printable(scenario)}"`)}`,
    ...(severity === "information" ? [] : frame(places, span, paints[severity], style)),
    ...words(row, style),
  ];
  for (const place of related) {
    lines.push(`  ${printable(placeText(places, place.span))}  ${style.dim(printable(place.message))}`);
  }
  return lines;
}

/** What is wrong, and what would work on lines of its own. */
function words({ message, help }: FindingRow, style: Style): string[] {
  const lines = sentences(message, "");
  return help === undefined ? lines : [...lines, ...sentences(help, style.bold("help: "))];
}

/** @param lead what stands before the first line; the others begin under its text */
function sentences(message: string, lead: string): string[] {
  const width = lead === "" ? 0 : "help: ".length;
  const [first = "", ...rest] = wrapped(printable(message), MESSAGE_WIDTH - width);
  return [`  ${lead}${first}`, ...rest.map((line) => `  ${" ".repeat(width)}${line}`)];
}

import { type Diagnostic, describeCase, RULES, type Severity, type Span } from "../../language/index.js";
import { countText, plural } from "../names.js";
import type { Places } from "../places.js";
import { folded } from "./fold.js";
import { frame } from "./frame.js";
import { printable, wrapped } from "./printable.js";
import type { Style } from "./style.js";

/** Columns of a message: the page less its indentation, also where a run lists it under a heading. */
const MESSAGE_WIDTH = 96;

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };
const LABELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "hint",
};

/** What a person needs to read: everything but hints, which only say that a stated outcome came about. */
export function worthReading(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics
    .filter(({ severity }) => severity !== "hint")
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity]);
}

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

/** `2 errors, 1 warning`; empty where there is nothing to read. */
export function severityCounts(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity) => diagnostics.filter((each) => each.severity === severity).length;
  const parts = [
    { number: count("error"), text: plural(count("error"), "error") },
    { number: count("warning"), text: plural(count("warning"), "warning") },
    { number: count("information"), text: plural(count("information"), "note") },
  ];
  return parts
    .filter(({ number }) => number > 0)
    .map(({ text }) => text)
    .join(", ");
}

function diagnosticText(places: Places, diagnostic: Diagnostic, style: Style): string[] {
  const { severity, code, span, related, scenario } = diagnostic;
  const paints = { error: style.red, warning: style.yellow, information: style.cyan, hint: style.dim };
  const title = RULES.get(code)?.title ?? "";
  const lines = [
    `${paints[severity](style.bold(`${LABELS[severity]} ${code}`))}  ${style.bold(title)}`.trimEnd(),
    `  ${placeText(places, span)}${scenario === undefined ? "" : style.dim(`  in scenario "${printable(scenario)}"`)}`,
    ...(severity === "information" ? [] : frame(places, span, paints[severity], style)),
    ...words(diagnostic, style),
  ];
  for (const place of related) {
    lines.push(`  ${placeText(places, place.span)}  ${style.dim(printable(place.message))}`);
  }
  return lines;
}

/** What is wrong, and what would work on lines of its own. */
function words({ code, message, facts }: Diagnostic, style: Style): string[] {
  const rule = RULES.get(code);
  const help = rule && facts ? describeCase(rule, facts).help : "";
  if (help === "" || !message.endsWith(` ${help}`)) return sentences(message, "");
  return [...sentences(message.slice(0, -help.length - 1), ""), ...sentences(help, style.bold("help: "))];
}

/** @param lead what stands before the first line; the others begin under its text */
function sentences(message: string, lead: string): string[] {
  const width = lead === "" ? 0 : "help: ".length;
  const [first = "", ...rest] = wrapped(printable(message), MESSAGE_WIDTH - width);
  return [`  ${lead}${first}`, ...rest.map((line) => `  ${" ".repeat(width)}${line}`)];
}

/** `file:line:column`, both from 1, as every terminal and editor can open it. */
function placeText(places: Places, span: Span): string {
  const { line, character } = places.startOf(span);
  return `${printable(span.file)}:${line + 1}:${character + 1}`;
}

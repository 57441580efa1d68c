import type { Analysis, Definition } from "../../language/index.js";
import { type Block, Places } from "../../report/index.js";
import type { Origin } from "../../simulator/index.js";

/** What the explanations of one program need to name lines and texts. */
export interface Source {
  readonly analysis: Analysis;
  readonly places: Places;
}

export function sourceOf(analysis: Analysis): Source {
  return { analysis, places: new Places(analysis.program) };
}

/** ` (line 12)`; empty for no statement. */
export function lineOf({ places }: Source, origin: Origin | undefined): string {
  return lineText(places, origin, " (", ")");
}

/** The line of a statement: `line 12`, or with the file's name where it is not the root file. */
export function lineText(places: Places, origin: Origin | undefined, before: string, after: string): string {
  const span = places.spanOf(origin);
  if (!span) return "";
  const line = `line ${places.startOf(span).line + 1}`;
  return `${before}${span.file === places.program.file ? line : `${span.file} ${line}`}${after}`;
}

/** A list of facts; nothing when there is none. */
export function listBlock(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

/** More of a kind than this make a hover that nobody reads. */
const SHOWN = 6;

/** The first few of a list, and how many more there are. */
export function fewOf(items: readonly string[], what: string): string[] {
  const more = items.length - SHOWN;
  return more > 0 ? [...items.slice(0, SHOWN), `${more} more ${what}`] : [...items];
}

/** Longer declarations are cut behind their first brace. */
const LONGEST = 100;

/** A declaration on one line, without its comments, its block left away when that is long. */
export function declarationText({ places }: Source, { statement }: Definition): string {
  const text = places
    .textOf(statement.file)
    .slice(statement.start, statement.end)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (text.length <= LONGEST) return text;
  const brace = text.indexOf("{");
  return brace < 0 ? `${text.slice(0, LONGEST)} …` : `${text.slice(0, brace + 1)} … }`;
}

/** `pPASID` keeps its small letter. */
export function capital(text: string): string {
  return text.replace(/^[a-z](?![A-Z])/, (letter) => letter.toUpperCase());
}

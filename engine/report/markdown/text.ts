import { piecesOf } from "../rows/sentence.js";
import { printable } from "../text/printable.js";

/** Signs with which a text could become markup, a link, an entity or the end of a cell. */
const MARKUP = /[\\`*_{}[\]<>#|~&]/g;

/** A text of a file or a rule, so that every reader of Markdown shows it letter by letter. */
export function plainText(text: string): string {
  return printable(text).replace(MARKUP, (sign) => `\\${sign}`);
}

/** A text as code: nothing in it is markup, whatever backquotes it has (CommonMark 6.1). */
export function codeText(text: string): string {
  const shown = printable(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = shown.startsWith("`") || shown.endsWith("`") || shown === "" ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** A message of a rule: what stands between backquotes stays code. */
export function sentenceText(message: string): string {
  return piecesOf(message)
    .map(({ text, isCode }) => (isCode ? codeText(text) : plainText(text)))
    .join("");
}

/** A column of a table; the texts of its cells are Markdown already. */
export interface MarkdownColumn {
  readonly heading: string;
  readonly numeric?: boolean;
}

/** A table as GitHub and editors show it. @param rows cells of Markdown without line ends */
export function tableLines(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string[] {
  const head = columns.map(({ heading }) => heading);
  const marks = columns.map(({ numeric }) => (numeric ? "--:" : ":--"));
  return [rowLine(head), `|${marks.join("|")}|`, ...rows.map((row) => rowLine(row.map(cellText)))];
}

/** A bar would begin the next cell, in code as well, where a backslash before it is taken away again. */
function cellText(text: string): string {
  return text.replace(/\\?\|/g, "\\|");
}

function rowLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

import { type CodeLine, type Line, naturalWidth, widthOf } from "./lines.js";

/**
 * Where outcomes, and comments on lines without one, begin at least. With a fixed column most lines stay as
 * they are when another one grows, and the blocks of a file look alike.
 */
const SECOND_COLUMN = 42;
/** Where comments behind an outcome begin at least. */
const THIRD_COLUMN = 68;
const GAP = 2;
/** A line that would need a column beyond this one moves no other. */
const LAST_COLUMN = 100;

/** The lines as text, with the values, outcomes and comments of neighbours in columns. */
export function textsOf(lines: readonly Line[]): string[] {
  const runs = runsOf(lines);
  alignWords(runs);
  const outcomes = outcomeColumns(runs, lines.length);
  const comments = commentColumns(lines, runs, outcomes);
  /** Where the last comment behind a line began. */
  let column = 0;
  return lines.map((line, index) => {
    if (line.kind === "empty") return "";
    if (line.kind === "comment") return " ".repeat(line.continues ? column : line.indent) + line.text;
    let text = " ".repeat(line.indent) + line.code;
    if (line.outcome !== "") text = reaching(text, outcomes[index]!) + line.outcome;
    if (line.comment === "") return text;
    text = reaching(text, comments[index]!);
    column = widthOf(text);
    return text + line.comment;
  });
}

/** The text with blanks behind it up to a column, or a gap where it is too long for that. */
function reaching(text: string, column: number): string {
  const gap = text.trim() === "" ? 0 : GAP;
  return text + " ".repeat(Math.max(column - widthOf(text), gap));
}

/** Lets the values of a block's properties begin in one column. */
function alignWords(runs: readonly Run[]): void {
  for (const run of runs) {
    let longest = 0;
    for (const { line } of run) longest = Math.max(longest, line.word.length);
    for (const { line } of run) {
      if (line.word !== "") line.code = `${line.word.padEnd(longest)} ${line.code}`;
      line.word = "";
    }
  }
}

/** The column for the outcome of each line, and for the comment of one that has none. */
function outcomeColumns(runs: readonly Run[], count: number): Float64Array {
  const columns = new Float64Array(count);
  for (const run of runs) {
    let column = SECOND_COLUMN;
    for (const { line } of run) {
      if (line.outcome !== "") column = further(column, line.indent + widthOf(line.code) + GAP);
    }
    for (const { index } of run) columns[index] = column;
  }
  return columns;
}

/** The column of the comment of each line: of neighbours without an outcome, and of a block's lines with one. */
function commentColumns(lines: readonly Line[], runs: readonly Run[], outcomes: Float64Array): Float64Array {
  const columns = new Float64Array(lines.length);
  for (const run of commentedRunsOf(lines)) {
    const bare = run.filter(({ line }) => line.outcome === "");
    let column = SECOND_COLUMN;
    for (const { line, index } of bare) {
      column = further(Math.max(column, outcomes[index]!), naturalWidth(line) + GAP);
    }
    for (const { index } of bare) columns[index] = column;
  }
  for (const run of runs) {
    const stated = run.filter(({ line }) => line.outcome !== "" && line.comment !== "");
    let column = THIRD_COLUMN;
    for (const { line, index } of stated) {
      column = further(column, outcomes[index]! + line.outcome.length + GAP);
    }
    for (const { index } of stated) columns[index] = column;
  }
  return columns;
}

function further(column: number, needed: number): number {
  return needed > LAST_COLUMN ? column : Math.max(column, needed);
}

interface Placed {
  readonly line: CodeLine;
  readonly index: number;
}

type Run = readonly Placed[];

/** Lines of one block without an empty line between; comments on lines of their own do not part them. */
function runsOf(lines: readonly Line[]): Run[] {
  const runs: Placed[][] = [[]];
  for (const [index, line] of lines.entries()) {
    if (line.kind === "comment") continue;
    if (line.kind === "empty" || line.closes || line.opens) runs.push([]);
    if (isAligned(line)) runs.at(-1)!.push({ line, index });
    if (line.kind === "code" && line.opens) runs.push([]);
  }
  return runs;
}

/** Consecutive lines with a comment behind each; a block's first line is the first of a run. */
function commentedRunsOf(lines: readonly Line[]): Run[] {
  const runs: Placed[][] = [[]];
  for (const [index, line] of lines.entries()) {
    if (line.kind === "comment" && line.continues) continue;
    const belongs = isAligned(line) && line.comment !== "";
    if (!belongs || line.opens) runs.push([]);
    if (belongs) runs.at(-1)!.push({ line, index });
  }
  return runs;
}

/** Behind a closing brace, and behind text that is kept, things follow without a column. */
function isAligned(line: Line): line is CodeLine {
  return line.kind === "code" && !line.closes && !line.verbatim && !line.code.includes("\n");
}

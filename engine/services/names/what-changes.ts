import {
  type Analysis,
  type Diagnostic,
  kindWords,
  lineMap,
  type Occurrence,
  qualifiedName,
  type Span,
} from "../../language/index.js";
import type { Shift } from "./shift.js";

/**
 * What a renaming would change beside the name, in a sentence: a finding that comes or goes, or a name that
 * stands for another thing. `undefined` when it changes nothing.
 * @param shift from places of the first program to those of the second
 * @param name the new one
 */
export function whatChanges(
  before: Analysis,
  after: Analysis,
  shift: Shift,
  name: string,
): string | undefined {
  const expected = before.program.diagnostics.map((each) => keyOf(each, shift.span(each.span)));
  const found = new Map(after.program.diagnostics.map((each) => [keyOf(each, each.span), each]));
  const known = new Set(expected);
  for (const [key, { span, message }] of found) {
    if (!known.has(key))
      return `With the name \`${name}\`, ${lineOf(after, span)} would be wrong: ${message}`;
  }
  for (const file of before.trees.keys()) {
    const other = otherMeaning(before, after, shift, file);
    if (other) return other;
  }
  const gone = expected.findIndex((key) => !found.has(key));
  const lost = before.program.diagnostics[gone];
  return (
    lost &&
    `With the name \`${name}\`, ${lineOf(before, lost.span)} would mean something that it does not now.`
  );
}

function otherMeaning(before: Analysis, after: Analysis, shift: Shift, file: string): string | undefined {
  const olds = before.symbols.inFile(file);
  const news = after.symbols.inFile(file);
  let next = 0;
  for (const old of olds) {
    const now = news[next];
    const span = shift.span(old.span);
    if (now && now.span.start < span.start) return captured(after, now);
    if (!now || now.span.start !== span.start) return lost(before, old);
    if (!isSame(shift.span(old.definition.span), now.definition.span)) return captured(after, now);
    next += 1;
  }
  const more = news[next];
  return more && captured(after, more);
}

function captured(after: Analysis, { span, definition }: Occurrence): string {
  const thing = `${kindWords(definition)} \`${qualifiedName(definition)}\` of ${lineOf(after, definition.span)}`;
  const text = after.trees.get(span.file)?.text.slice(span.start, span.end) ?? "";
  return `Then \`${text}\` in ${lineOf(after, span)} would stand for ${thing}, which it does not now.`;
}

function lost(before: Analysis, { span, definition }: Occurrence): string {
  const thing = `${kindWords(definition)} \`${qualifiedName(definition)}\``;
  return `Then the name in ${lineOf(before, span)} would not stand for ${thing} any more.`;
}

function isSame(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start;
}

function keyOf({ code, severity }: Diagnostic, { file, start, end }: Span): string {
  return `${code} ${severity} ${start} ${end} ${file}`;
}

/** "line 4 of host.ioasid". */
function lineOf({ trees }: Analysis, { file, start }: Span): string {
  const { line } = lineMap(trees.get(file)?.text ?? "").position(start);
  return `line ${line + 1} of ${file}`;
}

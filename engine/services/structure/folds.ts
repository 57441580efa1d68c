import { type LineMap, lineMap, syntax } from "../../language/index.js";
import type { TextRange } from "../view.js";

/** Lines that can be hidden, from the first unit of what is hidden to the one after the last. */
export interface Fold extends TextRange {
  readonly kind: "block" | "comment" | "region" | "imports";
}

const { Punctuation, TokenKind } = syntax;

/** The markers of regions, as the language configuration has them for editors that know no server. */
const REGION = /^\/\/\s*#?region\b/;
const END_REGION = /^\/\/\s*#?endregion\b/;

/**
 * What can be folded in a file: blocks from brace to brace, comments of several lines, regions between
 * `// #region` and `// #endregion`, and imports that follow one another. Each has more than one line. In text
 * order; a block whose brace is missing has none.
 */
export function foldsOf(tree: syntax.SourceFile): readonly Fold[] {
  const lines = lineMap(tree.text);
  const folds = [...blocks(tree.tokens), ...comments(tree.tokens, lines), ...imports(tree)];
  const several = folds.filter(({ start, end }) => lines.position(start).line < lines.position(end).line);
  return several.sort((a, b) => a.start - b.start);
}

function* blocks(tokens: syntax.TokenList): Generator<Fold> {
  const open: number[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (tokens.kind(index) !== TokenKind.punctuation) continue;
    const mark = tokens.detail(index);
    if (mark === Punctuation.openBrace) open.push(tokens.end(index));
    if (mark !== Punctuation.closeBrace) continue;
    const start = open.pop();
    if (start !== undefined) yield { kind: "block", start, end: tokens.start(index) };
  }
}

function* comments(tokens: syntax.TokenList, lines: LineMap): Generator<Fold> {
  const regions: number[] = [];
  let run: TextRange | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens.kind(index);
    if (kind !== TokenKind.lineComment && kind !== TokenKind.blockComment) continue;
    const [start, end] = [tokens.start(index), tokens.end(index)];
    if (kind === TokenKind.blockComment) {
      yield { kind: "comment", start, end };
      continue;
    }
    const text = tokens.textOf(index);
    if (REGION.test(text)) regions.push(start);
    else if (END_REGION.test(text)) {
      const first = regions.pop();
      if (first !== undefined) yield { kind: "region", start: first, end };
    } else if (isFirstOnLine(tokens, index)) {
      const follows = run && lines.position(run.end).line + 1 === lines.position(start).line;
      if (run && !follows) yield { kind: "comment", ...run };
      run = { start: run && follows ? run.start : start, end };
    }
  }
  if (run) yield { kind: "comment", ...run };
}

/** Whether nothing but blanks stands before a token on its line. */
function isFirstOnLine(tokens: syntax.TokenList, index: number): boolean {
  if (index === 0) return true;
  const isBlank = tokens.kind(index - 1) === TokenKind.blank;
  return isBlank && (index === 1 || /[\r\n]/.test(tokens.textOf(index - 1)));
}

/** Imports with nothing but comments between them. */
function* imports({ items }: syntax.SourceFile): Generator<Fold> {
  let run: TextRange | undefined;
  for (const { kind, start, end } of items) {
    if (kind === "import") run = { start: run?.start ?? start, end };
    else if (run) {
      yield { kind: "imports", ...run };
      run = undefined;
    }
  }
  if (run) yield { kind: "imports", ...run };
}

import { looksBinary } from "./binary.js";
import { Issues } from "./issues.js";
import { lex } from "./lexer.js";
import { BlockReader } from "./parse-blocks.js";
import { ParsedFile } from "./parsed-file.js";
import { Parts } from "./parts.js";
import { TokenKind, type TokenList } from "./tokens.js";
import type { FileItem, SourceFile, SyntaxIssue } from "./tree.js";
import { Listener, type Wanted } from "./wanted.js";

/**
 * Reads a text. It never fails: what cannot be understood is skipped and told in `issues`, and everything
 * else is in the tree. The tokens cover every unit of the text.
 */
export function parse(text: string): ParsedFile {
  const lexical = new Issues();
  const tokens = lex(text, lexical);
  const syntactic = new Issues();
  const items = new BlockReader(new Parts(tokens, syntactic)).file();
  const issues = told(text, lexical, syntactic);
  return parsedFile(text, items, issues, tokens);
}

function parsedFile(
  text: string,
  items: FileItem[],
  issues: readonly SyntaxIssue[],
  tokens: TokenList,
): ParsedFile {
  return new ParsedFile(
    text,
    items,
    items.map(() => 0),
    issues,
    tokens,
  );
}

/** The beginning of a text, and what may go on where it ends. */
export interface Beginning {
  readonly tree: SourceFile;
  /** In the order in which the parser asked for them; empty inside a comment or a string. */
  readonly wanted: readonly Wanted[];
}

/** Reads the beginning of a text up to a place where somebody writes: half a statement is the normal case. */
export function parseBeginning(text: string): Beginning {
  const tokens = lex(text, new Issues());
  const listener = new Listener();
  const items = new BlockReader(new Parts(tokens, new Issues(), listener)).file();
  return {
    tree: parsedFile(text, items, [], tokens),
    wanted: endsInside(tokens) ? [] : listener.wanted,
  };
}

/** What the last token of a text is, when the text ends inside of it. */
export function endsInside(tokens: TokenList): "comment" | "string" | undefined {
  const last = tokens.length - 1;
  if (last < 0) return undefined;
  const text = tokens.textOf(last);
  switch (tokens.kind(last)) {
    case TokenKind.lineComment:
      return "comment";
    case TokenKind.blockComment:
      return text.length < 4 || !text.endsWith("*/") ? "comment" : undefined;
    case TokenKind.string:
      return text.length < 2 || !text.endsWith('"') ? "string" : undefined;
    default:
      return undefined;
  }
}

function told(text: string, lexical: Issues, syntactic: Issues): SyntaxIssue[] {
  const issues = syntactic.mergedWith(lexical);
  const percent = issues.length === 0 ? undefined : looksBinary(text);
  if (percent === undefined) return issues;
  // Of something that is no text, one sentence says everything.
  return [{ rule: "S008", start: 0, end: 1, facts: { percent } }];
}

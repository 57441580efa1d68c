import { looksBinary } from "./binary.js";
import { Issues } from "./issues.js";
import { lex } from "./lexer.js";
import { BlockReader } from "./parse-blocks.js";
import { Parts } from "./parts.js";
import type { SourceFile, SyntaxIssue } from "./tree.js";

/**
 * Reads a text. It never fails: what cannot be understood is skipped and told in `issues`, and everything
 * else is in the tree. The tokens cover every unit of the text.
 */
export function parse(text: string): SourceFile {
  const lexical = new Issues();
  const tokens = lex(text, lexical);
  const syntactic = new Issues();
  const items = new BlockReader(new Parts(tokens, syntactic)).file();
  const issues = told(text, lexical, syntactic);
  return { kind: "file", text, items, issues, tokens, start: 0, end: text.length };
}

function told(text: string, lexical: Issues, syntactic: Issues): SyntaxIssue[] {
  const issues = syntactic.mergedWith(lexical);
  const percent = issues.length === 0 ? undefined : looksBinary(text);
  if (percent === undefined) return issues;
  // Of something that is no text, one sentence says everything.
  return [{ rule: "S008", start: 0, end: 1, facts: { percent } }];
}

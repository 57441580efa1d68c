import { syntax } from "../../language/index.js";
import type { Statement } from "./statements.js";

const { Punctuation, TokenKind } = syntax;

/** The tokens of a statement's braces, by their indices in the list. */
export interface Braces {
  readonly open: number;
  readonly close: number;
}

/** The braces of a statement that has a block, when both are there. */
export function bracesOf(tokens: syntax.TokenList, statement: Statement): Braces | undefined {
  const last = tokens.at(statement.end - 1);
  let open: number | undefined;
  let depth = 0;
  for (let index = tokens.at(statement.start); index <= last; index++) {
    if (tokens.kind(index) !== TokenKind.punctuation) continue;
    const mark = tokens.detail(index);
    if (mark === Punctuation.openBrace) {
      open ??= index;
      depth += 1;
    }
    if (mark !== Punctuation.closeBrace || open === undefined) continue;
    depth -= 1;
    if (depth === 0) return { open, close: index };
  }
  return undefined;
}

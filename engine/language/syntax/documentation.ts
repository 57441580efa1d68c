import { BREAKS_LINE, LAST_TRIVIA, TokenKind, type TokenList } from "./tokens.js";

/** A comment that tells the checker what not to show; it says nothing of what is below it. */
const SWITCH = /^\/[/*]+\s*ioasid-ignore\b/;

/**
 * Text of the comment directly above a token: one block comment or a run of line comments, no empty line
 * between, and none of them behind something else on its line.
 * @param index of the token in the list
 */
export function documentationAbove(tokens: TokenList, index: number): string | undefined {
  if (index < 2 || tokens.kind(index - 2) > LAST_TRIVIA) return undefined;
  const lines: string[] = [];
  // Each turn steps over one comment and the single line break below it.
  for (let at = index; at >= 2 && lineBreaks(tokens, at - 1) === 1 && startsLine(tokens, at - 2); at -= 2) {
    if (SWITCH.test(tokens.textOf(at - 2))) continue;
    const kind = tokens.kind(at - 2);
    if (kind === TokenKind.lineComment)
      lines.push(
        tokens
          .textOf(at - 2)
          .replace(/^\/\/+ ?/, "")
          .trimEnd(),
      );
    else if (kind === TokenKind.blockComment && lines.length === 0) return blockText(tokens.textOf(at - 2));
    else break;
  }
  return lines.length === 0 ? undefined : lines.reverse().join("\n");
}

/** Line breaks in a blank, counted up to 2. */
function lineBreaks(tokens: TokenList, index: number): number {
  if (tokens.kind(index) !== TokenKind.blank || tokens.detail(index) !== BREAKS_LINE) return 0;
  const { text } = tokens;
  const end = tokens.end(index);
  let count = 0;
  for (let at = tokens.start(index); at < end && count < 2; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) count++;
  }
  return count;
}

function startsLine(tokens: TokenList, index: number): boolean {
  if (index === 0) return true;
  return (
    tokens.kind(index - 1) === TokenKind.blank && (index === 1 || tokens.detail(index - 1) === BREAKS_LINE)
  );
}

function blockText(comment: string): string {
  return comment
    .replace(/^\/\*+/, "")
    .replace(/\*+\/$/, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .join("\n")
    .trim();
}

import * as layout from "../fixes/layout.js";
import type { At, SourceFile } from "../syntax/index.js";
import { readSwitch } from "./comment.js";
import { type Comment, commentsOf, statementHolding, statementOf } from "./reach.js";
import { obstacleToIgnore } from "./switches.js";

/** A switch written into a text. */
export interface WrittenSwitch extends At {
  /** What stands in the place afterwards. */
  readonly text: string;
  /** Offset in `text` at which the author goes on with the reason; absent where the switch has one already. */
  readonly reasonAt?: number;
}

/**
 * A comment that hides a rule in the statement which holds an offset, or the rule added to the comment that
 * speaks of that statement already.
 * @returns `undefined` where no statement stands, and for a rule that no comment hides
 */
export function ignoreHere(file: SourceFile, offset: number, rule: string): WrittenSwitch | undefined {
  const statement = statementHolding(file, offset);
  if (!statement || obstacleToIgnore(rule) !== undefined) return undefined;
  const isMeant = (comment: Comment): boolean => statementOf(file, comment) === statement;
  return added(file, "statement", rule, isMeant) ?? newComment(file.text, statement, rule);
}

/** A comment at the head of a text that hides a rule in all of it, or the rule added to the one that is there. */
export function ignoreInFile(file: SourceFile, rule: string): WrittenSwitch | undefined {
  if (obstacleToIgnore(rule) !== undefined) return undefined;
  const known = added(file, "file", rule, () => true);
  if (known) return known;
  const comment = `// ioasid-ignore-file ${rule} -- `;
  return { start: 0, end: 0, text: comment + layout.newlineOf(file.text, 0), reasonAt: comment.length };
}

/** The rule behind the last one of a switch that is there already. */
function added(
  { tokens, text }: SourceFile,
  reach: "statement" | "file",
  rule: string,
  isMeant: (comment: Comment) => boolean,
): WrittenSwitch | undefined {
  if (!text.includes("ioasid-ignore")) return undefined;
  for (const comment of commentsOf(tokens)) {
    const said = readSwitch(tokens.textOf(comment.index));
    const last = said?.rules.at(-1);
    if (said?.reach !== reach || !last || !isMeant(comment)) continue;
    const at = tokens.start(comment.index) + last.end;
    return { start: at, end: at, text: `, ${rule}` };
  }
  return undefined;
}

/** Above a statement that begins its line, else behind it: a comment in front would speak of what is before. */
function newComment(text: string, { start, end }: At, rule: string): WrittenSwitch {
  const line = layout.lineStart(text, start);
  const indent = text.slice(line, start);
  const words = `ioasid-ignore ${rule} -- `;
  if (indent.trim() === "") {
    const comment = `${indent}// ${words}`;
    return {
      start: line,
      end: line,
      text: comment + layout.newlineOf(text, start),
      reasonAt: comment.length,
    };
  }
  const isLast = text.slice(end, layout.lineEnd(text, end)).trim() === "";
  const opening = isLast ? `  // ${words}` : ` /* ${words}`;
  return { start: end, end, text: isLast ? opening : `${opening} */`, reasonAt: opening.length };
}

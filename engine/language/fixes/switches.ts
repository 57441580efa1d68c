import type { Span } from "../program.js";
import { readSwitch } from "../switches/comment.js";
import { tokenAt } from "../syntax/index.js";
import type { Edit } from "./fix.js";
import type { Site } from "./site.js";

/** Takes the rule at the finding's place out of its switch, and the whole comment when it names no other. */
export function withoutRule(site: Site): Edit {
  const { span } = site;
  const comment = commentOf(site);
  const rules = readSwitch(site.text(comment))?.rules ?? [];
  const index = rules.findIndex(({ start }) => comment.start + start === span.start);
  const before = rules[index - 1];
  const after = rules[index + 1];
  if (before) return site.replace(span.file, { start: comment.start + before.end, end: span.end }, "");
  if (after) return site.replace(span.file, { start: span.start, end: comment.start + after.start }, "");
  return withoutComment(site);
}

/** Takes the comment of the finding away, with its line where it has one to itself. */
export function withoutComment(site: Site): Edit {
  return site.removeLine(commentOf(site));
}

function commentOf({ span, analysis }: Site): Span {
  const tree = analysis.trees.get(span.file);
  if (!tree) return span;
  const { start, end } = tokenAt(tree, span.start);
  return { file: span.file, start, end };
}

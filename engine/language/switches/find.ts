import type { Source } from "../names/load.js";
import type { Reporter } from "../names/reporter.js";
import type { Span } from "../program.js";
import { nearest } from "../syntax/index.js";
import { readSwitch, type SwitchText } from "./comment.js";
import { type Comment, commentsOf, statementOf } from "./reach.js";
import { type Ignore, obstacleToIgnore, rulesWithout, type Switches } from "./switches.js";

type Found = Omit<Ignore, "outer">;

/** What every switch begins with: a text without it has none, and its comments are not looked at. */
const BEGINNING = /ioasid-/i;

/** The switches in the comments of some files; what is wrong with them goes to the reporter. */
export function findIgnores(sources: Iterable<Source>, reporter: Reporter): Found[] {
  const found: Found[] = [];
  for (const source of sources) {
    if (!BEGINNING.test(source.text)) continue;
    const { tokens } = source.tree;
    for (const comment of commentsOf(tokens)) {
      const said = readSwitch(tokens.textOf(comment.index));
      if (said) found.push(...ignoresOf(source, comment, said, reporter));
    }
  }
  return found;
}

function ignoresOf(source: Source, comment: Comment, said: SwitchText, reporter: Reporter): Found[] {
  const { file, text, tree } = source;
  const offset = tree.tokens.start(comment.index);
  const at = ({ start, end }: { start: number; end: number }): Span => ({
    file,
    start: offset + start,
    end: offset + end,
  });
  const { word, reach, instead, rules, reason, loose } = said;
  if (reach === undefined || rules.length === 0) {
    reporter.report("S063", { found: word.text, instead }, at(word));
    return [];
  }
  const good = rules.filter((rule) => !reportObstacle(rule.text, at(rule), reporter));
  if (good.length > 0 && reason === undefined) {
    const names = rules.map((rule) => rule.text).join(", ");
    const facts = { found: word.text, rules: names, text: loose === "" ? undefined : loose };
    reporter.report("S065", facts, at({ start: word.start, end: rules.at(-1)!.end }));
  }
  const statement = reach === "statement" ? statementOf(tree, comment) : { start: 0, end: text.length + 1 };
  return good.map((rule) => ({
    rule: rule.text,
    reach: statement ? reach : "nowhere",
    span: at(rule),
    covers: { file, start: statement?.start ?? 0, end: statement?.end ?? 0 },
  }));
}

function reportObstacle(rule: string, span: Span, reporter: Reporter): boolean {
  const reason = obstacleToIgnore(rule);
  if (reason === undefined) return false;
  const near = reason === "unknown" ? nearest(rule, rulesWithout(obstacleToIgnore)) : undefined;
  reporter.report("S064", { rule, reason, nearest: near }, span);
  return true;
}

/** The same in nested order, by file and rule. */
export function indexed(found: readonly Found[]): Pick<Switches, "ignores" | "index"> {
  const index = new Map<string, Map<string, Ignore[]>>();
  const ignores = new Map<Found, Ignore>();
  const outermostFirst = [...found].sort(
    (a, b) => a.covers.start - b.covers.start || b.covers.end - a.covers.end || a.span.start - b.span.start,
  );
  for (const each of outermostFirst) {
    const byRule = index.get(each.span.file) ?? new Map<string, Ignore[]>();
    index.set(each.span.file, byRule);
    const list = byRule.get(each.rule) ?? [];
    byRule.set(each.rule, list);
    let outer = list.at(-1);
    while (outer && outer.covers.end <= each.covers.start) outer = outer.outer;
    const ignore = { ...each, outer };
    list.push(ignore);
    ignores.set(each, ignore);
  }
  return { ignores: found.map((each) => ignores.get(each)!), index };
}

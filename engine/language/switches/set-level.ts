import type { At } from "../syntax/index.js";
import { type JsonMember, type JsonValue, readJson } from "./json-text.js";
import { type Level, obstacleToLevel } from "./switches.js";

/** A piece of a configuration and what stands there afterwards. */
export interface LevelChange extends At {
  readonly text: string;
}

/**
 * Gives a rule a level in a configuration, which otherwise stays as its author wrote it.
 * @param text of an `ioasid.config.json`; empty for a new one
 * @returns `undefined` where the text is no JSON object, and for a rule that has the same level everywhere
 */
export function levelChange(text: string, rule: string, level: Level): LevelChange | undefined {
  if (obstacleToLevel(rule) !== undefined) return undefined;
  if (text.trim() === "") {
    return { start: 0, end: text.length, text: `{\n  "rules": {\n    "${rule}": "${level}"\n  }\n}\n` };
  }
  const { value, problems } = readJson(text);
  if (problems.length > 0 || value?.kind !== "object") return undefined;
  const rules = memberOf(value, "rules")?.value;
  const member = `"${rule}": "${level}"`;
  if (!rules) {
    return withMember(text, value, (line) =>
      line === undefined ? `"rules": { ${member} }` : `"rules": {${line}  ${member}${line}}`,
    );
  }
  if (rules.kind !== "object") return undefined;
  const known = memberOf(rules, rule)?.value;
  if (known) return { start: known.start, end: known.end, text: `"${level}"` };
  return withMember(text, rules, () => member);
}

/** Of members with equal keys the last one counts. */
function memberOf(value: Extract<JsonValue, { kind: "object" }>, key: string): JsonMember | undefined {
  return value.members.findLast((member) => member.key.value === key);
}

/**
 * A member behind the last one, on a line of its own where that one has one.
 * @param words the member, given the line break and indentation in front of it if it has a line of its own
 */
function withMember(
  text: string,
  { start, end, members }: Extract<JsonValue, { kind: "object" }>,
  words: (line: string | undefined) => string,
): LevelChange {
  const last = members.at(-1);
  if (last) {
    const line = /\r?\n[ \t]*$/.exec(text.slice(start, last.key.start))?.[0];
    const { end: at } = last.value;
    return { start: at, end: at, text: `,${line ?? " "}${words(line)}` };
  }
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", start) + 1, start))?.[0] ?? "";
  return { start, end, text: `{\n${outer}  ${words(`\n${outer}  `)}\n${outer}}` };
}

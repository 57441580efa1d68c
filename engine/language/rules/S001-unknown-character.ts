import { choice } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S001"]> = {
  id: "S001",
  title: "unknown character",
  severity: "error",
  message: ({ found, count }) =>
    count === 1
      ? `The character ${shown(found)} means nothing here.`
      : `The characters ${shown(found)} mean nothing here.`,
  help: ({ found }) => HINTS.find(([begins]) => begins.test(found))?.[1] ?? OTHERWISE,
  fixes: ({ found }, site) => [choice(`Remove ${shown(found)}`, site.instead(""))],
  explanation: dedent(`
    The language is written in ASCII; letters of other scripts may stand in strings and in comments. Characters that
    begin nothing are skipped, so that what stands around them is still read. A statement needs no semicolon at its end.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (lexical rules)",
  example: {
    raises: dedent(`
      cpu { enqcmd; }
    `),
    avoids: dedent(`
      cpu { enqcmd }
    `),
  },
});

/** What was probably meant, by the first character. */
const HINTS: readonly (readonly [begins: RegExp, help: string])[] = [
  [/^#/, "A comment begins with `//`, and the outcome of a refused ENQCMD is written `#gp`."],
  [/^;/, "Remove it: a statement ends where the next one begins."],
  [
    /^[=:]/,
    "Remove it between a word and its value; an assertion compares with `==`, an outcome follows `=>`.",
  ],
  [/^-/, "Write an arrow as `->` and a range as `FIRST..LAST`; a hyphen alone stands only inside a name."],
  [/^[>→]/, "Write the arrow as `->`."],
  [/^[⇒]/, "Write the mark before an outcome as `=>`."],
  [/^[“”„'‘’]/, 'Write a string in straight double quotes: `"…"`.'],
  [
    /^[\p{L}\p{N}]/u,
    "Write names with the letters A to Z, digits, `_` and `-`; other letters may stand in strings and comments.",
  ],
];

const OTHERWISE = "Remove what is not needed; what is meant for people stands in a comment, behind `//`.";

/** A character that a person can see as itself, any other by its number. */
function shown(found: string): string {
  if (/^[!-~]/.test(found) || /^[\p{L}\p{N}\p{S}\p{P}]/u.test(found)) return `\`${found}\``;
  return `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

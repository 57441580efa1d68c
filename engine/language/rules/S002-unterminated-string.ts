import { choice } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S002"]> = {
  id: "S002",
  title: "string without an end",
  severity: "error",
  message: ({ found }) => `The string ${found} has no closing quote on its line.`,
  help: () => 'Write the closing `"`; a string stands on one line and has no escapes.',
  fixes: (_, site) => [choice("Close the string", site.instead(`${site.text(site.span)}"`))],
  explanation: dedent(`
    A string ends at the next double quote. One without it ends with its line, so that the lines below keep their meaning.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (lexical rules)",
  example: {
    raises: dedent(`
      scenario "nothing runs
      { }
    `),
    avoids: dedent(`
      scenario "nothing runs"
      { }
    `),
  },
});

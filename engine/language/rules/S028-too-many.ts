import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S028"]> = {
  id: "S028",
  title: "too many syntax errors",
  severity: "error",
  message: ({ limit }) => `More than ${limit} syntax errors were found; the others are not listed.`,
  help: () => "Mend the first ones: often many of the later ones follow from them.",
  explanation: dedent(`
    A list that nobody reads to its end helps nobody.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (principles)",
  example: {
    raises: "%\n".repeat(201),
    avoids: dedent(`
      cpu { }
    `),
  },
});

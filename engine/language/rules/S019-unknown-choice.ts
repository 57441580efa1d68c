import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S019"]> = {
  id: "S019",
  title: "word that is not one of the choices",
  severity: "error",
  message: ({ property, expected, found }) => `\`${found}\` cannot be ${property}; that is ${expected}.`,
  help: ({ instead, found }) =>
    instead === undefined ? `Write one of these words for \`${found}\`.` : `Did you mean \`${instead}\`?`,
  fixes: ({ instead }, site) => writeInstead(site, instead),
  explanation: dedent(`
    Where only a few words have a meaning, any other is an error; one that is nearly right is read as what it is like.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      iommu vtd { nesting hardwear }
    `),
    avoids: dedent(`
      iommu vtd { nesting hardware }
    `),
  },
});

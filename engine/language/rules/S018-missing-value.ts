import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S018"]> = {
  id: "S018",
  title: "property without its value",
  severity: "error",
  message: ({ property, expected, found }) => `\`${property}\` needs ${expected} behind it, before ${found}.`,
  help: ({ property }) => `Write the value behind \`${property}\`, or remove the word.`,
  explanation: dedent(`
    Some properties are said by their word alone (\`ats\`, \`enqcmd\`); the others need a value.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width  ats }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  ats }
    `),
  },
});

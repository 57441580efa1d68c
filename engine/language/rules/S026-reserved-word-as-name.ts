import { choice } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S026"]> = {
  id: "S026",
  title: "reserved word as a name",
  severity: "error",
  message: ({ found, expected }) => `\`${found}\` is a reserved word and cannot be ${expected}.`,
  help: ({ found }) => `Choose another name, such as \`${found}0\`.`,
  fixes: ({ found }, site) => [choice(`Write \`${found}0\``, site.instead(`${found}0`))],
  explanation: dedent(`
    \`pasid\` and every word that begins a statement are reserved: they are never names. All other words of the language are free
    as names.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (lexical rules)",
  example: {
    raises: dedent(`
      iommu group { }
    `),
    avoids: dedent(`
      iommu group0 { }
    `),
  },
});

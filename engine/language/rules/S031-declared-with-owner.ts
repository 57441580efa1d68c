import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S031"]> = {
  id: "S031",
  title: "owner in front of a declared name",
  severity: "error",
  message: ({ found, name }) =>
    `\`${found}\` has an owner in front, but what is declared here has the name \`${name}\` alone.`,
  help: ({ name }) => `Write \`${name}\`.`,
  fixes: ({ name }, site) => writeInstead(site, name),
  explanation: dedent(`
    Hardware and owners have no owner, and a memory or process belongs to the block in which it is declared. Only in a scenario
    is the owner said in front of a name.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      guest vm0 { memory vm0.ram at 0x0 + 1G }
    `),
    avoids: dedent(`
      guest vm0 { memory ram at 0x0 + 1G }
    `),
  },
});

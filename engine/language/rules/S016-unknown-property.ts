import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S016"]> = {
  id: "S016",
  title: "unknown property",
  severity: "error",
  message: ({ found, declaration }) => `${found} is no property of \`${declaration}\`.`,
  help: ({ instead, known }) =>
    instead === undefined ? `It can have ${known}.` : `Did you mean \`${instead}\`?`,
  fixes: ({ instead }, site) => writeInstead(site, instead),
  explanation: dedent(`
    Each declaration of hardware has properties of its own, in any order, one after the other.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      cpu { enqcmd  pasid-translaton }
    `),
    avoids: dedent(`
      cpu { enqcmd  pasid-translation }
    `),
  },
});

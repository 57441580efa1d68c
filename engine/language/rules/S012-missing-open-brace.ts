import { openBlockHere } from "../fixes/braces.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S012"]> = {
  id: "S012",
  title: "missing opening brace",
  severity: "error",
  message: ({ block, found }) =>
    `The block of \`${block}\` should begin here, but its \`{\` is missing before ${found}.`,
  help: ({ block }) => `Write \`${block} … { … }\`; a block with nothing inside is written \`{ }\`.`,
  fixes: ({ block, found }, site) => openBlockHere(site, block, found),
  explanation: dedent(`
    What belongs to a declaration stands in its braces, also where it is nothing.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      cpu enqcmd }
    `),
    avoids: dedent(`
      cpu { enqcmd }
    `),
  },
});

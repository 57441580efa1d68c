import { closeBlockHere } from "../fixes/braces.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S013"]> = {
  id: "S013",
  title: "missing closing brace",
  severity: "error",
  message: ({ block }) => `The block of \`${block}\` that opens here is never closed.`,
  help: () => "Write `}` where the block ends.",
  fixes: ({ block }, site) => closeBlockHere(site, block),
  explanation: dedent(`
    A block ends with its \`}\`. Where it is missing, the block is taken to end before a statement that cannot stand in it and is
    indented no deeper than the line on which the block began, or at the end of the file.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      cpu { enqcmd
    `),
    avoids: dedent(`
      cpu { enqcmd }
    `),
  },
});

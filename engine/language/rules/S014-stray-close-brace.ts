import { choice } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S014"]> = {
  id: "S014",
  title: "closing brace without a block",
  severity: "error",
  message: () => "No block is open that this `}` could close.",
  help: () => "Remove it, or write the `{` that it belongs to.",
  fixes: (_, site) => [choice("Remove this `}`", site.removeLine(site.span))],
  explanation: dedent(`
    Each \`}\` closes the innermost open block.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      cpu { enqcmd } }
    `),
    avoids: dedent(`
      cpu { enqcmd }
    `),
  },
});

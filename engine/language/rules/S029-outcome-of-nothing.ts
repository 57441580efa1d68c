import { removeOutcome } from "../fixes/marks.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S029"]> = {
  id: "S029",
  title: "outcome without a step",
  severity: "error",
  message: ({ statement }) =>
    statement === ""
      ? "No step stands before this `=>`."
      : `\`${statement}\` is no step, so it has no outcome.`,
  help: () => "Write the outcome behind the step that it speaks of, or remove it.",
  fixes: (_, site) => removeOutcome(site),
  explanation: dedent(`
    An outcome says what a call or an event comes to. A declaration comes to nothing: it says what is there before any call.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (outcomes)",
  example: {
    raises: dedent(`
      cpu { enqcmd } => ok
    `),
    avoids: dedent(`
      cpu { enqcmd }
    `),
  },
});

import { safeFix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A stated outcome on a statement that is no call. */
export type OutcomeWithoutCall = { statement: string };

export const rule: Rule<OutcomeWithoutCall> = {
  id: "S054",
  title: "outcome of a declaration",
  severity: "error",
  message: ({ statement }) => `\`${statement}\` is no call, so nothing can come of it after \`=>\`.`,
  help: () => "Remove the `=> …`, or write it after the call that it speaks of.",
  fixes: (_, site) => [safeFix("Remove the outcome", site.removePart(site.span.file, site.span))],
  explanation: dedent(`
    An outcome is what the kernel or the hardware answers. Declarations, \`allow\` and \`assert\` ask neither.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (outcomes)",
  example: {
    raises: dedent(`
      allow P013 => ok
    `),
    avoids: dedent(`
      allow P013
    `),
  },
});

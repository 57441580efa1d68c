import { choice } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A rule that cannot be allowed. `nearest` is one that can, with a like id. */
export type AllowOfUnknownRule = { rule: string; nearest: string | undefined };

export const rule: Rule<AllowOfUnknownRule> = {
  id: "S052",
  title: "allow of an unknown rule",
  severity: "error",
  message: ({ rule }) => `${rule} is no rule that can be allowed.`,
  help: ({ nearest }) =>
    nearest === undefined ? "Write the id of a conflict: P001 to P030." : `Did you mean ${nearest}?`,
  fixes: ({ nearest }, site) =>
    nearest === undefined ? [] : [choice(`Write \`${nearest}\``, site.instead(nearest))],
  explanation: dedent(`
    \`allow\` lets the engine carry on where a kernel refuses, so that the damage can be watched. That has a
    meaning for the conflicts of the catalogue, P001 to P030; other refusals leave nothing to carry on with.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (steps)",
  example: {
    raises: dedent(`
      allow P031
    `),
    avoids: dedent(`
      allow P013
    `),
  },
});

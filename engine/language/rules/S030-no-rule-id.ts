import { choice, type Fix } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S030"]> = {
  id: "S030",
  title: "not the id of a rule",
  severity: "error",
  message: ({ found }) => `\`${found}\` is not the id of a rule that can be allowed.`,
  help: () => "Write `P` and three digits, such as `allow P009`.",
  fixes: (_, site): readonly Fix[] => {
    const digits = /^[pP]?(\d{1,2})$/.exec(site.text(site.span))?.[1];
    if (digits === undefined) return [];
    const id = `P${digits.padStart(3, "0")}`;
    return [choice(`Write \`${id}\``, site.instead(id))];
  },
  explanation: dedent(`
    \`allow\` turns one rule of the conflict catalogue into information, so that the damage can be watched.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (steps)",
  example: {
    raises: dedent(`
      allow P9
    `),
    avoids: dedent(`
      allow P009
    `),
  },
});

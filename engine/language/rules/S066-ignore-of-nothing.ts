import { choice } from "../fixes/fix.js";
import { withoutRule } from "../fixes/switches.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A rule that a switch names, and that nothing in its reach is reported under. */
export type IgnoreOfNothing = { rule: string; reach: "file" | "statement" | "nowhere" };

export const rule: Rule<IgnoreOfNothing> = {
  id: "S066",
  title: "ignore of nothing",
  severity: "warning",
  message: ({ rule, reach }) => {
    if (reach === "nowhere") return `No statement follows in this block, so nothing of ${rule} is hidden.`;
    const place = reach === "file" ? "in this file" : "at the statement that this switch is for";
    return `${rule} is not reported ${place}, so there is nothing to hide.`;
  },
  help: ({ rule, reach }) =>
    reach === "nowhere"
      ? "Put the comment above its statement, or behind it on the same line."
      : `Take ${rule} out, so that the switch does not hide a finding of tomorrow.`,
  fixes: ({ rule }, site) => [choice(`Take ${rule} out`, withoutRule(site))],
  explanation: dedent(`
    What a switch was written for may be mended since, or the switch may stand at the wrong statement. Left
    there, it would hide the next finding of that rule, which nobody has judged. It is told for the files
    that are named, after a whole run: a file that is only imported may need its switches elsewhere.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (switches)",
  example: {
    raises: dedent(`
      // ioasid-ignore P027 -- both guests count from 1
      iommu vtd { pasid-width 20 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
    `),
  },
});

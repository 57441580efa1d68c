import { choice } from "../fixes/fix.js";
import { withoutComment } from "../fixes/switches.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A comment that looks like a switch. `found` is its first word; `instead` the one that was probably meant. */
export type UnreadableSwitch = { found: string; instead: string | undefined };

export const rule: Rule<UnreadableSwitch> = {
  id: "S063",
  title: "switch that cannot be read",
  severity: "warning",
  message: ({ found, instead }) =>
    instead === undefined
      ? `\`${found}\` names no rule, so it hides nothing.`
      : `There is no switch \`${found}\`, so this comment hides nothing.`,
  help: ({ found, instead }) =>
    instead === undefined
      ? `Write the rule and the reason: \`// ${found} P027 -- the guests were numbered by hand\`.`
      : `Did you mean \`${instead}\`?`,
  fixes: ({ instead }, site) =>
    instead === undefined
      ? [choice("Remove the comment", withoutComment(site))]
      : [choice(`Write \`${instead}\``, site.instead(instead))],
  explanation: dedent(`
    A comment that begins with \`ioasid-ignore\` or \`ioasid-ignore-file\` hides findings. It names the rules
    it hides, each by its id: a switch for everything would also hide what nobody has seen yet.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (switches)",
  example: {
    raises: dedent(`
      // ioasid-ignore -- it is only a test
      iommu vtd { pasid-width 20 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
    `),
  },
});

import { choice } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A rule that no switch can name here. `nearest` is one that can be, with a like id. */
export type SwitchOfUnknownRule = {
  rule: string;
  reason: "unknown" | "text" | "switch" | "always";
  nearest: string | undefined;
};

export const rule: Rule<SwitchOfUnknownRule> = {
  id: "S064",
  title: "switch of a rule that cannot be switched",
  severity: "warning",
  message: ({ rule, reason }) => {
    if (reason === "unknown") return `There is no rule ${rule}, so nothing is switched.`;
    if (reason === "switch") return `${rule} is about switches themselves, so a comment cannot hide it.`;
    return reason === "text"
      ? `${rule} cannot be hidden: it says that a part of the file is not understood and does not run.`
      : `${rule} cannot be hidden: without it, the other findings would look complete and would not be.`;
  },
  help: ({ reason, nearest }) => {
    if (reason === "text" || reason === "always") return "Mend the place that it tells about.";
    if (reason === "switch") return "Mend the switch, or set the level of the rule in `ioasid.config.json`.";
    return nearest === undefined
      ? "`ioasid explain` lists the rules; those that begin with P, C or U can be named."
      : `Did you mean ${nearest}?`;
  },
  fixes: ({ nearest }, site) => {
    if (nearest === undefined) return [];
    const quote = site.text(site.span).startsWith('"') ? '"' : "";
    return [choice(`Write \`${nearest}\``, site.instead(quote + nearest + quote))];
  },
  explanation: dedent(`
    A switch names a rule by its id, a letter and three digits. The conflicts (P), the declared hardware (C)
    and the calls (U) can be hidden by a comment and set to a level in \`ioasid.config.json\`. Errors of the
    text (S) can be neither hidden nor lowered: what they mark was left out of the run, so that everything
    else that is said, or not said, of the file may be wrong. Warnings about switches themselves (S063 to
    S066) have a level, and no comment hides them.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (switches)",
  example: {
    raises: dedent(`
      // ioasid-ignore-file P0277 -- a slip of the fingers
      iommu vtd { pasid-width 20 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
    `),
  },
});

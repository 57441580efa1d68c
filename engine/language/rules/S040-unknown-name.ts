import { choice } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A name that nothing declares. `owner` is the one whose names were looked at, `nearest` a known one that is like it. */
export type UnknownName = {
  name: string;
  needed: string;
  owner: string | undefined;
  nearest: string | undefined;
};

export const rule: Rule<UnknownName> = {
  id: "S040",
  title: "unknown name",
  severity: "error",
  message: ({ name, needed, owner }) =>
    owner === undefined
      ? `"${name}" is not declared; ${needed} is needed here.`
      : `"${name}" is not declared for ${owner}; ${needed} is needed here.`,
  help: ({ name, nearest }) =>
    nearest === undefined
      ? `Declare "${name}", or write the name of something that is declared.`
      : `Did you mean "${nearest}"?`,
  fixes: ({ nearest }, site) =>
    nearest === undefined ? [] : [choice(`Write \`${nearest}\``, site.instead(nearest))],
  explanation: dedent(`
    Hardware and owners form one set of names that is complete before any call runs, so a declaration may
    stand after its use. Memories, processes and IOASIDs belong to an owner: its block says their bare
    names, other places say \`vm0.gpa\`.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { bind nix }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { bind nic }
    `),
  },
});

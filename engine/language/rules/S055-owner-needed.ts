import type { Rule } from "./rule.js";
import { dedent } from "./words.js";

/** A call in a scenario that does not say who makes it. `candidates` are the owners that could, "" for none. */
export type OwnerNeeded = { statement: string; candidates: string; kind: string | undefined };

export const rule: Rule<OwnerNeeded> = {
  id: "S055",
  title: "call without an owner",
  severity: "error",
  message: ({ statement, candidates, kind }) =>
    candidates === ""
      ? `\`${statement}\` needs ${kind === undefined ? "an owner" : `a ${kind}`}, and there is none.`
      : `\`${statement}\` does not say whose call it is; it can be that of ${candidates}.`,
  help: ({ candidates }) =>
    candidates === ""
      ? "Declare one with `guest NAME { … }` or `native NAME { … }`."
      : "Write the call in the block of its owner, or name the owner in it, as in `bind nic to vm0`, `ioasid vm0.gpa` or `kvm unmap vm0 pasid 7`.",
  explanation: dedent(`
    A call is made by the process that has the fd. In an owner block that is the owner; a scenario has to
    say it, unless the file has only one.
  `),
  source: "docs/language.md (steps)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { }
      guest vm1 { }
      scenario "bind" { bind nic }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { }
      guest vm1 { }
      scenario "bind" { bind nic to vm1 }
    `),
  },
};

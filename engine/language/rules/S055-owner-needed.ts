import { sayOwner } from "../fixes/owners.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A call in a scenario that does not say who makes it. `candidates` are the owners that could, "" for none. */
export type OwnerNeeded = { statement: string; candidates: string; kind: string | undefined };

export const rule: Rule<OwnerNeeded> = {
  id: "S055",
  title: "call without an owner",
  severity: "error",
  message: ({ statement, candidates, kind }) => {
    if (candidates === "")
      return `\`${statement}\` needs ${kind === undefined ? "an owner" : `a ${kind}`}, and there is none.`;
    return statement === "unbind"
      ? "Nothing before this `unbind` binds the device, so there is nobody whose call it could be."
      : `\`${statement}\` does not say whose call it is; it can be that of ${candidates}.`;
  },
  help: ({ statement, candidates, kind }) => {
    if (candidates === "") return `Declare one with ${declarations(kind)}.`;
    const owner = candidates.split(", ")[0]!;
    const form = FORMS[statement]?.(owner);
    return form === undefined
      ? `Write \`bind DEV to ${owner}\` before it, or remove it.`
      : `Name the owner in it, as in \`${form}\`.`;
  },
  fixes: ({ candidates }, site) => sayOwner(site, candidates),
  explanation: dedent(`
    A call is made by the process that has the fd. In an owner block that is the owner; a scenario has to
    say it, unless the file has only one.
  `),
};

export const page = (): RulePage => ({
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
});

/** How each call names its owner; `unbind` has no place for one. */
const FORMS: Readonly<Record<string, (owner: string) => string>> = {
  bind: (owner) => `bind DEV to ${owner}`,
  ioasid: (owner) => `ioasid ${owner}.NAME`,
  "kvm unmap": (owner) => `kvm unmap ${owner} pasid N`,
  "kvm translation": (owner) => `kvm translation ${owner} on`,
};

function declarations(kind: string | undefined): string {
  const kinds = kind === undefined ? ["guest", "native"] : [kind];
  return kinds.map((each) => `\`${each} NAME { … }\``).join(" or ");
}

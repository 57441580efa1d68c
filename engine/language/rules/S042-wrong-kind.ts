import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A name that is declared, but as something else than its place needs. */
export type WrongKind = { name: string; actual: string; needed: string };

export const rule: Rule<WrongKind> = {
  id: "S042",
  title: "name of another kind",
  severity: "error",
  message: ({ name, actual, needed }) => `"${name}" is ${actual}, and ${needed} is needed here.`,
  help: ({ needed }) => `Write the name of ${needed}.`,
  explanation: dedent(`
    Each place of a statement takes one kind of thing: \`attach\` a device and an IOASID, \`enqcmd\` a guest
    process and a device.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (steps)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      guest vm0 { bind vtd }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { bind nic }
    `),
  },
});

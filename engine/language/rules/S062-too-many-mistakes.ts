import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** More mistakes than are listed. */
export type TooManyMistakes = { limit: number };

export const rule: Rule<TooManyMistakes> = {
  id: "S062",
  title: "too many mistakes",
  severity: "error",
  message: ({ limit }) =>
    `More than ${limit} mistakes in names and values were found; the others are not listed.`,
  help: () => "Mend the first ones: often many of the later ones follow from them.",
  explanation: dedent(`
    A list that nobody reads to its end helps nobody, and a generated file can have a million mistakes.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (principles)",
  example: {
    raises: `guest vm0 {\n${"  bind nic\n".repeat(1001)}}\n`,
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { bind nic }
    `),
  },
});

import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** Files that import each other. `cycle` names them in order, `self` if it is one alone. */
export type ImportCycle = { path: string; cycle: string; self: boolean };

export const rule: Rule<ImportCycle> = {
  id: "S045",
  title: "import cycle",
  severity: "error",
  message: ({ path, cycle, self }) =>
    self ? `"${path}" imports itself.` : `"${path}" leads back to here: ${cycle}.`,
  help: () => "Move what both files need into a third one, and import that.",
  explanation: dedent(`
    Owner blocks run in written order, those of an import in its place. In a circle there is no first.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      import "self.ioasid"
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
    `),
  },
});

import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A rule that failed at its own work. `problem` is what the failure says of itself. */
export type InternalError = { rule: string; problem: string };

export const rule: Rule<InternalError> = {
  id: "S069",
  title: "internal error",
  severity: "error",
  message: ({ rule, problem }) =>
    `Rule ${rule} failed at its own work (${problem}); every other rule was checked as usual.`,
  help: () => "This is a mistake of ioasid and not of the file: please report it, with the file if you can.",
  explanation: dedent(`
    A rule that fails must not take the findings of the others with it. Where it failed, this stands in its
    place, and the program exits with 3, since what the rule would have found is not known.
  `),
};

export const page = (): RulePage => ({
  source: "docs/architecture.md",
  example: {
    raises: dedent(`
      // No file raises it as long as every rule works.
      iommu vtd { pasid-width 20 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
    `),
  },
});

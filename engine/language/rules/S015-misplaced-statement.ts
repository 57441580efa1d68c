import { moveOut } from "../fixes/declarations.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S015"]> = {
  id: "S015",
  title: "statement in the wrong place",
  severity: "error",
  message: ({ statement, place }) => `\`${statement}\` cannot stand ${place}.`,
  help: ({ belongs }) => `It belongs ${belongs}.`,
  fixes: ({ statement, belongs }, site) => moveOut(site, statement, belongs),
  explanation: dedent(`
    Hardware and owners are declared on the top level of a file, where they form one set that is complete before any call. Calls
    and events stand in the block of the owner who makes them, or in a scenario. A misplaced statement is not run.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      scenario "hot plug" {
        iommu vtd { }
      }
    `),
    avoids: dedent(`
      iommu vtd { }
      scenario "hot plug" { }
    `),
  },
});

import { writeMark } from "../fixes/marks.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S011"]> = {
  id: "S011",
  title: "something is missing in a statement",
  severity: "error",
  message: ({ expected, found, statement }) => `\`${statement}\` needs ${expected} here, before ${found}.`,
  help: ({ form }) => `The form is \`${form}\`.`,
  fixes: ({ expected, found }, site) => writeMark(site, expected, found),
  explanation: dedent(`
    A statement that is not complete still counts for what is there: names in it are known, and it is not run. A word that
    begins a statement, first on its line, ends the unfinished statement above it.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (steps)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioasid gpa
        attach nic gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
      }
    `),
  },
});

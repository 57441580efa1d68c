import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S007"]> = {
  id: "S007",
  title: "arrow written apart",
  severity: "error",
  message: ({ found, instead }) => `\`${found}\` has a blank inside; it is read as \`${instead}\`.`,
  help: ({ instead }) => `Write \`${instead}\` without a blank.`,
  fixes: ({ instead }, site) => writeInstead(site, instead),
  explanation: dedent(`
    \`->\` and \`=>\` are one mark each, as \`==\` and \`..\` are. What was meant is clear, so the statement is read as if it were right.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (lexical rules)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioasid gpa
        attach nic - > gpa
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

import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S009"]> = {
  id: "S009",
  title: "unknown statement",
  severity: "error",
  message: ({ found, place }) => `${found} begins no statement ${place}.`,
  help: ({ instead }) =>
    instead === undefined
      ? "Begin with the word of a statement, such as `guest`, `ioasid`, `attach` or `dma`."
      : `Did you mean \`${instead}\`?`,
  fixes: ({ instead }, site) => writeInstead(site, instead),
  explanation: dedent(`
    Every statement begins with a word of its own, which is its verb; that is why line breaks need no meaning. Text that
    begins no statement is skipped up to the next such word, and told once.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (principles)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioasid gpa
        atach nic -> gpa
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

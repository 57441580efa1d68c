import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S025"]> = {
  id: "S025",
  title: "unknown fault",
  severity: "error",
  message: ({ found }) => `\`${found}\` is no name of a fault.`,
  help: ({ instead, known }) =>
    instead === undefined
      ? `The names are ${known}; a hexadecimal code is exact.`
      : `Did you mean \`${instead}\`?`,
  fixes: ({ instead }, site) => writeInstead(site, instead),
  explanation: dedent(`
    A fault name stands for the hardware codes with one meaning: \`no-pasid-entry\` for 0x51 and 0x59. A code such as \`0x59\` means
    only itself, and \`fault\` alone means any.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (outcomes)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        dma nic read 0x1000 => fault no-pasid-entrie
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        dma nic read 0x1000 => fault
      }
    `),
  },
});

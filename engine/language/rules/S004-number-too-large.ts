import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S004"]> = {
  id: "S004",
  title: "number past 64 bits",
  severity: "error",
  message: ({ found }) =>
    `The number \`${found}\` does not fit in 64 bits; the largest one is 0xffff_ffff_ffff_ffff.`,
  help: () =>
    "Write a number of at most 64 bits, that is at most 16 hexadecimal digits or a size below 16384P.",
  explanation: dedent(`
    Addresses, lengths and PASIDs are 64-bit numbers. A size letter multiplies: \`16384P\` is 2^64 and does not fit.
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
        map gpa 0x1_0000_0000_0000_0000 + 4K -> ram
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioasid gpa
        map gpa 0x1_0000_0000 + 1G -> ram
      }
    `),
  },
});

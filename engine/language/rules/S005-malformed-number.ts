import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S005"]> = {
  id: "S005",
  title: "malformed number",
  severity: "error",
  message: ({ found }) => `\`${found}\` is neither a number nor a name.`,
  help: ({ instead }) =>
    instead === undefined
      ? "Write a number such as `7`, `0x7f00_0000` or `2M`; a name does not begin with a digit."
      : `Did you mean \`${instead}\`? Hexadecimal digits are lower case behind \`0x\`, and the size letters are K, M, G, T and P.`,
  fixes: ({ instead }, site) => writeInstead(site, instead),
  explanation: dedent(`
    A number is decimal, or hexadecimal behind \`0x\`, with \`_\` anywhere between its digits and one of the size letters
    K, M, G, T, P (powers of 1024) at its end. No other letter may touch it.
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
        map gpa 0x0 + 4KiB -> ram
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioasid gpa
        map gpa 0x0 + 1G -> ram
      }
    `),
  },
});

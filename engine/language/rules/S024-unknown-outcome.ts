import { writeInstead } from "../fixes/common.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S024"]> = {
  id: "S024",
  title: "unknown outcome",
  severity: "error",
  message: ({ found }) => `\`${found}\` is no outcome that a step can have.`,
  help: ({ instead }) =>
    instead === undefined
      ? "Write an errno name that the kernel returns here, such as `EBUSY`, or `ok`, `fault`, `page-request`, `vm-exit`, `#gp`, `refused`, or a place in memory."
      : `Did you mean \`${instead}\`?`,
  fixes: ({ instead }, site) => writeInstead(site, instead),
  explanation: dedent(`
    What stands after \`=>\` is \`ok\`, an errno name, a REGION or a host-physical address, \`fault\` with an optional name or code,
    \`page-request\`, \`vm-exit\`, \`#gp\` or \`refused\`.
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
        ioasid gpa
        attach nic -> gpa
        free gpa => EBUSSY
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
        free gpa => EBUSY
      }
    `),
  },
});

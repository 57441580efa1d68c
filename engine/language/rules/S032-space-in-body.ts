import { safeFix } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S032"]> = {
  id: "S032",
  title: "name of a space inside its own braces",
  severity: "error",
  message: ({ name, statement }) =>
    `\`${statement}\` inside the braces of a space leaves the name of the space out; \`${name}\` is one too many.`,
  help: ({ name }) => `Remove \`${name}\`; the lines in the braces are about the space before them.`,
  fixes: ({ name }, site) => [safeFix(`Remove \`${name}\``, site.removePart(site.span.file, site.span))],
  explanation: dedent(`
    The braces after \`ioasid\` or \`bind-pgtable\` say the same as the lines \`map\`, \`pte\` or \`entry\` after it, without its name.
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
        ioasid gpa { map gpa 0x0 + 1G -> ram }
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  page-requests  ats }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x0 + 1G
        bind nic
        ioasid gpa { map 0x0 + 1G -> ram }
      }
    `),
  },
});

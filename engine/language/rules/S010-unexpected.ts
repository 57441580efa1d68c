import { writeInstead } from "../fixes/common.js";
import { choice, type Fix } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S010"]> = {
  id: "S010",
  title: "unexpected text in a statement",
  severity: "error",
  message: ({ found, statement }) => `${found} does not belong to \`${statement}\` at this place.`,
  help: ({ instead, form }) =>
    instead === undefined
      ? `The form is \`${form}\`.`
      : `Did you mean \`${instead}\`? The form is \`${form}\`.`,
  fixes: ({ instead }, site): readonly Fix[] => [
    ...writeInstead(site, instead),
    choice(`Remove \`${site.text(site.span)}\``, site.removePart(site.span.file, site.span)),
  ],
  explanation: dedent(`
    Each statement has one form. What does not fit in it is skipped up to the next statement or to the outcome of this one.
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
        attach nic -> gpa now
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

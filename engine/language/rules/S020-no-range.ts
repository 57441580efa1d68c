import { choice, type Fix } from "../fixes/fix.js";
import { rangeInstead } from "../fixes/ranges.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S020"]> = {
  id: "S020",
  title: "range that holds nothing or too much",
  severity: "error",
  message: ({ range, reason }) => {
    if (reason === "empty") return `The range \`${range}\` has no length.`;
    if (reason === "backwards") return `The range \`${range}\` ends before it begins.`;
    return `The range \`${range}\` ends past 2^64.`;
  },
  help: () =>
    "Write `START + LENGTH` with a length of at least 1, or `FIRST..LAST` with both ends included, below 2^64.",
  fixes: ({ reason }, site): readonly Fix[] => {
    const range = site.node("range");
    if (reason !== "empty" || range?.second === undefined) return rangeInstead(site);
    return [choice("Cover one page of 4K", site.replace(site.span.file, range.second, "4K"))];
  },
  explanation: dedent(`
    A range is at least one byte long, and its last byte is at most 0xffff_ffff_ffff_ffff.
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
        map gpa 0x1000 + 0 -> ram
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

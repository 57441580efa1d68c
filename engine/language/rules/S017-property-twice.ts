import { type Fix, safeFix } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S017"]> = {
  id: "S017",
  title: "property written twice",
  severity: "error",
  message: ({ property, declaration }) =>
    `This \`${declaration}\` has \`${property}\` twice; the first one counts.`,
  help: () => "Remove one of the two.",
  fixes: ({ property }, site): readonly Fix[] => {
    const node = site.node("property");
    return node ? [safeFix(`Remove the second \`${property}\``, site.removePart(site.span.file, node))] : [];
  },
  explanation: dedent(`
    Only \`reserved\` and \`hide\` may be written several times, since each of them says one thing of many.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  pasid-width 16 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
    `),
  },
});

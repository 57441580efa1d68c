import { type Fix, safeFix } from "../fixes/fix.js";
import { beforeDeclaration } from "../fixes/versions.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S021"]> = {
  id: "S021",
  title: "uAPI version not first",
  severity: "error",
  message: () => "`uapi` stands behind other statements, but it has to be the first of the file.",
  help: () => "Move it to the beginning of the file.",
  fixes: (_, site): readonly Fix[] => {
    const { file } = site.span;
    const [first] = site.analysis.trees.get(file)?.items ?? [];
    const node = site.node("uapi");
    if (!first || !node) return [];
    const span = { file, start: node.start, end: node.end };
    return [
      safeFix(
        "Move it to the beginning",
        beforeDeclaration(site, file, first, site.text(span)),
        site.removeLine(span),
      ),
    ];
  },
  explanation: dedent(`
    The version decides what every other statement means, so it is said first.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      cpu { }
      uapi v1
    `),
    avoids: dedent(`
      uapi v1
      cpu { }
    `),
  },
});

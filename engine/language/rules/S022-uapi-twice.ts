import { type Fix, safeFix } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S022"]> = {
  id: "S022",
  title: "second uAPI version",
  severity: "error",
  message: () => "The file says `uapi` a second time; the first one counts.",
  help: () => "Remove one of the two.",
  fixes: (_, site): readonly Fix[] => {
    const { file } = site.span;
    const node = site.node("uapi");
    return node
      ? [safeFix("Remove the second `uapi`", site.removeLine({ file, start: node.start, end: node.end }))]
      : [];
  },
  explanation: dedent(`
    A file has one version of the uAPI; without a statement it is v2.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      uapi v1
      uapi v2
    `),
    avoids: dedent(`
      uapi v1
    `),
  },
});

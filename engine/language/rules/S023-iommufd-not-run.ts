import { choice } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S023"]> = {
  id: "S023",
  title: "iommufd is not run yet",
  severity: "error",
  message: () => "This version of the tool does not run `uapi iommufd`; it knows the RFC's v1 and v2.",
  help: () => "Write `uapi v1` or `uapi v2`.",
  fixes: (_, site) =>
    ["v1", "v2"].map((version) => choice(`Write \`uapi ${version}\``, site.instead(version))),
  explanation: dedent(`
    iommufd is what the RFC became in Linux. It has objects of its own (IOAS, HWPT, vIOMMU), and statements of its own for them,
    which this version of the tool does not have.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      uapi iommufd
    `),
    avoids: dedent(`
      uapi v2
    `),
  },
});

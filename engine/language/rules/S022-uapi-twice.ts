import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S022"]> = {
  id: "S022",
  title: "second uAPI version",
  severity: "error",
  message: () => "The file says `uapi` a second time; the first one counts.",
  help: () => "Remove one of the two.",
  explanation: dedent(`
    A file has one version of the uAPI; without a statement it is v2.
  `),
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
};

import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S021"]> = {
  id: "S021",
  title: "uAPI version not first",
  severity: "error",
  message: () => "`uapi` stands behind other statements, but it has to be the first of the file.",
  help: () => "Move it to the beginning of the file.",
  explanation: dedent(`
    The version decides what every other statement means, so it is said first.
  `),
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
};

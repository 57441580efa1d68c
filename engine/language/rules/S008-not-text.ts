import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S008"]> = {
  id: "S008",
  title: "not a text",
  severity: "error",
  message: ({ percent }) =>
    `This is not a text: ${percent} % of its beginning are characters that no text has.`,
  help: () => "Open a file that was written in this language, saved as UTF-8.",
  explanation: dedent(`
    A \`.ioasid\` file is UTF-8 text. When it holds many control characters, or bytes that are no UTF-8, then listing what is
    wrong with each of its lines would help nobody.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (lexical rules)",
  example: {
    raises: "\u0000\u0001\u0002\u0003\u0004",
    avoids: dedent(`
      cpu { }
    `),
  },
});

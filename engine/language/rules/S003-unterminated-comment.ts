import { choice } from "../fixes/fix.js";
import { lineEnd } from "../fixes/layout.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S003"]> = {
  id: "S003",
  title: "comment without an end",
  severity: "error",
  message: ({ opened }) =>
    `The comment that begins with \`${opened}\` is never closed, so everything behind it is part of it.`,
  help: () => "Write `*/` where the comment ends, or begin each of its lines with `//`.",
  fixes: (_, site) => {
    const { file, start } = site.span;
    const end = lineEnd(site.source(file), start);
    return [
      choice("Close the comment at the end of its line", site.replace(file, { start: end, end }, " */")),
    ];
  },
  explanation: dedent(`
    A comment from \`/*\` to \`*/\` may go over many lines; comments do not nest.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (lexical rules)",
  example: {
    raises: dedent(`
      cpu { enqcmd }
      /* what the host can do
    `),
    avoids: dedent(`
      cpu { enqcmd }
      /* what the host can do */
    `),
  },
});

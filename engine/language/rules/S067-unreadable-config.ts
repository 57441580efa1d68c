import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** Something in `ioasid.config.json` that is not JSON. Both are sentences. */
export type UnreadableConfig = { problem: string; help: string };

export const rule: Rule<UnreadableConfig> = {
  id: "S067",
  title: "unreadable configuration",
  severity: "error",
  message: ({ problem }) => problem,
  help: ({ help }) => help,
  explanation: dedent(`
    \`ioasid.config.json\` is one JSON object. What can be read of it counts, and the rest is left out, so
    that a rule may be reported at another level than the one that was meant.
  `),
};

export const page = (): RulePage => ({
  source: "RFC 8259",
  example: {
    raises: `{ "rules": { "P027": "off", } }\n`,
    avoids: `{ "rules": { "P027": "off" } }\n`,
    of: "config",
  },
});

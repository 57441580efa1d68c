import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A key or value that `ioasid.config.json` cannot have. `known` lists what it can have, as a phrase. */
export type ConfigValue = {
  found: string;
  reason: "key" | "value" | "twice";
  key: string;
  known: string;
  nearest: string | undefined;
};

export const rule: Rule<ConfigValue> = {
  id: "S068",
  title: "configuration that means nothing",
  severity: "error",
  message: ({ found, reason, key }) => {
    if (reason === "twice") return `"${key}" is set twice; the last one counts.`;
    if (reason === "key") return `The configuration has no "${key}", so this changes nothing.`;
    return `${found} is no value of "${key}", so this changes nothing.`;
  },
  help: ({ reason, known, nearest }) => {
    if (reason === "twice") return "Keep one of them.";
    return nearest === undefined ? `It can be ${known}.` : `Did you mean "${nearest}"? It can be ${known}.`;
  },
  explanation: dedent(`
    \`ioasid.config.json\` has two keys: \`rules\`, an object that gives a rule the level \`off\`, \`info\`,
    \`warning\` or \`error\`, and \`policy\`, the \`pasid-policy\` of files that state none. \`$schema\` may
    name its schema for editors.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (switches)",
  example: {
    raises: `{ "rules": { "P027": "eror" } }\n`,
    avoids: `{ "rules": { "P027": "error" } }\n`,
    of: "config",
  },
});

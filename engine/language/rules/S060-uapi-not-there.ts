import type { Rule } from "./rule.js";
import { dedent } from "./words.js";

/** A version of the calls that the engine does not have. */
export type UapiNotThere = { version: string };

export const rule: Rule<UapiNotThere> = {
  id: "S060",
  title: "uAPI version that is not there",
  severity: "error",
  message: ({ version }) => `The calls of uapi ${version} are not simulated; the file runs on v2.`,
  help: () => "Write `uapi v1` or `uapi v2`.",
  explanation: dedent(`
    The engine has the calls of both versions of the RFC. What Linux merged in the end, iommufd, has objects
    of its own.
  `),
  source: "RFC v1, RFC v2",
  example: {
    raises: dedent(`
      uapi iommufd
    `),
    avoids: dedent(`
      uapi v2
    `),
  },
};

import { otherVersion } from "../fixes/versions.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** An imported file that states another version of the calls than the root file. */
export type ImportOfOtherUapi = { path: string; version: string; expected: string };

export const rule: Rule<ImportOfOtherUapi> = {
  id: "S046",
  title: "import for another uAPI version",
  severity: "error",
  message: ({ path, version, expected }) =>
    `"${path}" is written for uapi ${version}, and this program runs on uapi ${expected}.`,
  help: ({ version, expected }) =>
    `Write \`uapi ${version}\` in the root file, or rewrite the import for ${expected}.`,
  fixes: ({ version }, site) => otherVersion(site, version === "v1" ? "v1" : "v2"),
  explanation: dedent(`
    A program runs on one kernel. The two versions of the RFC differ in what is bound and when commands are
    taken, so the same statements would mean something else.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (uapi)",
  example: {
    raises: dedent(`
      import "v1.ioasid"
    `),
    avoids: dedent(`
      uapi v1
      import "v1.ioasid"
    `),
  },
});

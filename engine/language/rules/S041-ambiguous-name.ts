import { choice } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A bare name that several owners have. `candidates` are the names with their owners. */
export type AmbiguousName = { name: string; candidates: string };

export const rule: Rule<AmbiguousName> = {
  id: "S041",
  title: "ambiguous name",
  severity: "error",
  message: ({ name, candidates }) => `"${name}" does not say whose it is: there are ${candidates}.`,
  help: ({ candidates }) => `Write the owner in front, as in \`${candidates.split(", ")[0]}\`.`,
  fixes: ({ candidates }, site) =>
    candidates
      .replace(/ and others$/, "")
      .split(", ")
      .map((name) => choice(`Write \`${name}\``, site.instead(name))),
  explanation: dedent(`
    IOASIDs are local to the fd of their owner, so two guests may both have a \`gpa\`. A scenario speaks of
    all owners; there a bare name has to be the only one of its kind.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (steps)",
  example: {
    raises: dedent(`
      guest vm0 { ioasid gpa }
      guest vm1 { ioasid gpa }
      scenario "which one" { free gpa }
    `),
    avoids: dedent(`
      guest vm0 { ioasid gpa }
      guest vm1 { ioasid gpa }
      scenario "which one" { free vm1.gpa }
    `),
  },
});

import { otherName } from "../fixes/names.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A name that is taken in its set. `kind` is what has it, and `removal` what would make it free again. */
export type DuplicateName = { name: string; kind: string; removal: "free" | "destroy" | undefined };

export const rule: Rule<DuplicateName> = {
  id: "S043",
  title: "name declared twice",
  severity: "error",
  message: ({ name, kind }) => `"${name}" is declared already, as ${kind}; the first declaration counts.`,
  help: ({ name, removal }) =>
    removal
      ? `Choose another name, or \`${removal}\` "${name}" before it is allocated again.`
      : "Choose another name.",
  fixes: (_, site) => otherName(site),
  explanation: dedent(`
    Hardware and owners share one set of names, and each owner has one for its memories, processes and
    IOASIDs. A name stands for one thing, so that a person and every message can say it without more words.
    The name of an IOASID can be used again after \`free\`, that of an object of iommufd after \`destroy\`.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      guest vm0 { ioasid gpa  ioasid gpa }
    `),
    avoids: dedent(`
      guest vm0 { ioasid gpa  free gpa  ioasid gpa }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U014"]> = {
  id: "U014",
  title: "no such IOASID",
  severity: "error",
  message: ({ space, freed }) =>
    freed
      ? `There is no IOASID for this call any more: ${space} was freed before this statement.`
      : `There is no IOASID for this call yet: no statement before this one allocates ${space}.`,
  help: ({ space, freed }) =>
    freed
      ? `Free ${space} after its last use, or allocate another space.`
      : `Allocate ${space} before its first use.`,
  explanation: dedent(`
    The statements of a file are calls in written order. A space exists from the call that allocates it to
    the one that frees it; an allocation that was refused makes none.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (an IOASID is a number local to its fd), iommufd (ENOENT)",
  example: {
    raises: dedent(`
      guest vm0 {
        ioasid gpa
        free gpa
        free gpa
      }
    `),
    avoids: dedent(`
      guest vm0 {
        ioasid gpa
        free gpa
      }
    `),
  },
});

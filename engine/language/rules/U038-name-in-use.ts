import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U038"]> = {
  id: "U038",
  title: "name of an IOASID in use",
  severity: "error",
  message: ({ space }) => `${space} exists already, so another IOASID cannot be allocated under this name.`,
  help: ({ space }) => `Free ${space} first, or choose another name for the new one.`,
  explanation: dedent(`
    The kernel gives each IOASID a number, and a file gives it a name. Two spaces under one name could not be
    told apart by the statements that follow. After a free the name may be used again.
  `),
  source: "docs/language.md (names of spaces)",
  errno: ["EEXIST"],
  example: {
    raises: dedent(`
      guest vm0 {
        ioasid gpa
        ioasid gpa
      }
    `),
    avoids: dedent(`
      guest vm0 {
        ioasid gpa
        free gpa
        ioasid gpa
      }
    `),
  },
};

import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U011"]> = {
  id: "U011",
  title: "memory registered already",
  severity: "error",
  message: ({ memory }) => `${memory} cannot be registered: part of it is registered already.`,
  help: () => `Register each byte once; unregister the old range first to change it.`,
  fixes: (_, site) => removeCall(site, "which is registered already", false),
  explanation: dedent(`
    The purpose of a registration is to count pinned memory once. Two registrations of one page would
    count it twice, and neither of them could be ended safely.
  `),
  errno: ["EEXIST"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_REGISTER_MEMORY); EEXIST is a choice",
  example: {
    raises: dedent(`
      uapi v1
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram
        register ram
      }
    `),
    avoids: dedent(`
      uapi v1
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U010"]> = {
  id: "U010",
  title: "unregister of what was not registered",
  severity: "error",
  message: ({ memory }) => `${memory} cannot be unregistered: no registration has exactly this range.`,
  help: () => `Name the same range as in \`register\`.`,
  fixes: (_, site) => removeCall(site, "which finds nothing registered", false),
  explanation: dedent(`
    A registration ends as a whole, by the range that it was made with.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_UNREGISTER_MEMORY); ENOENT is a choice",
  example: {
    raises: dedent(`
      uapi v1
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        unregister ram
      }
    `),
    avoids: dedent(`
      uapi v1
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram
        unregister ram
      }
    `),
  },
});

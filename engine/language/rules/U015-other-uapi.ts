import type { RefusalArguments } from "../../simulator/index.js";
import { otherVersion } from "../fixes/versions.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U015"]> = {
  id: "U015",
  title: "call of the other uAPI version",
  severity: "error",
  message: ({ call, version, instead }) =>
    `uAPI ${version} has no ${call}; what takes its place is ${instead}.`,
  help: ({ home }) => `Use that, or begin the file with \`uapi ${home}\`.`,
  fixes: ({ home }, site) => otherVersion(site, home),
  explanation: dedent(`
    The second version of the RFC gives the kind and format of a table at the allocation, so the calls
    that bind a table or nest a space later are gone, and it registers no memory. A file is written
    against one version; the kernel answers a command it does not know with ENOTTY.
  `),
  errno: ["ENOTTY"],
};

export const page = (): RulePage => ({
  source: "RFC v2 changelog",
  example: {
    raises: dedent(`
      uapi v2
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
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

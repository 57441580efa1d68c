import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { letMigrate } from "../fixes/owners.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, sentence } from "./words.js";

export const rule: Rule<RefusalArguments["U034"]> = {
  id: "U034",
  title: "owner that cannot migrate",
  severity: "error",
  message: ({ owner, reason }) => sentence(`${owner} cannot be migrated: ${reason}`),
  help: ({ owner }) =>
    `Only a guest can move, and only while nothing of it is in flight; end first what keeps ${owner} here.`,
  fixes: ({ owner }, site): readonly Fix[] => letMigrate(site, owner),
  explanation: dedent(`
    A VM takes its vPASIDs along and nothing else: pPASIDs are allocated anew at the destination, tables
    are rebuilt, and the driver programs the device again. What cannot be rebuilt from the VM's own state,
    or is in flight, keeps the VM where it is.
  `),
  errno: ["EOPNOTSUPP", "EBUSY"],
};

export const page = (): RulePage => ({
  source: "RFC v2 (only vPASIDs are VM state)",
  example: {
    raises: dedent(`
      native app { }
      scenario "move" { migrate app }
    `),
    avoids: dedent(`
      guest vm0 { }
      scenario "move" { migrate vm0 }
    `),
  },
});

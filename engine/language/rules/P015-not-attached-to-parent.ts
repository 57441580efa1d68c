import type { RefusalArguments } from "../../simulator/index.js";
import { moveOrWrite } from "../fixes/common.js";
import type { Fix } from "../fixes/fix.js";
import { besides } from "../fixes/moves.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P015"]> = {
  id: "P015",
  title: "child before its parent",
  severity: "error",
  message: ({ device, space, parent }) =>
    `${device} cannot be attached to ${space}: it is not attached to ${parent}, the parent that ${space} is nested on.`,
  help: ({ device, parent }) => `Attach ${device} to ${parent} first.`,
  fixes: ({ device, parent }, site): readonly Fix[] => {
    const attach = site.statement("attach");
    if (!attach?.node.space) return [];
    const isDefault = (node: typeof attach.node) =>
      node.device?.text === device && node.space?.text === parent && node.pasid === undefined;
    const words = `attach ${device} -> ${besides(attach.node.space, parent)}`;
    return moveOrWrite(site, attach, site.later(attach, "attach", isDefault), words);
  },
  explanation: dedent(`
    The output of a child is translated again by its parent, and the parent is what keeps the guest inside
    its memory. A device may use a child only when it may use the parent as well, which its attach to the
    parent states.
  `),
  errno: ["EINVAL"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_CREATE_NESTING); EINVAL is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
    `),
  },
});

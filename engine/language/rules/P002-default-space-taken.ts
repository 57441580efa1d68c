import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import { choice, type Fix } from "../fixes/fix.js";
import { besides } from "../fixes/moves.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P002"]> = {
  id: "P002",
  title: "second default space",
  severity: "error",
  message: ({ device, space, current }) =>
    space === current
      ? `${device} has ${space} as its default space already.`
      : `${device} cannot take ${space} as its default space: it is attached to ${current} already, and requests without a PASID can go through one space only.`,
  help: ({ device, space, current }) =>
    space === current
      ? `Remove the second attach of ${device}, or give it a vPASID.`
      : `Detach ${device} from ${current} first, attach it with a vPASID, or make ${space} a child of ${current}.`,
  fixes: ({ device, space, current }, site): readonly Fix[] => {
    const attach = site.statement("attach");
    if (!attach) return [];
    if (space === current) return removeCall(site, "which changes nothing", true);
    const detach = `detach ${device} from ${besides(attach.node.space!, current)}`;
    return [choice(`Write \`${detach}\` before \`${site.name(attach)}\``, site.before(attach, detach))];
  },
  explanation: dedent(`
    The default space of a device is the one that its requests without PASID go through: the slot of its
    RID, or the defPASID of a mediated device. There is one such slot, so a second unrelated space has no
    place. Use case 5.2 of the RFC detaches the device before it attaches it elsewhere.

    A child of the current space is another matter: the RID then routes to the child, while the attach to
    the parent remains as the right to use it.
  `),
  errno: ["EBUSY"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §5.2 (the device is detached first); EBUSY is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        ioasid giova
        attach nic -> gpa
        attach nic -> giova
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        ioasid giova
        attach nic -> gpa
        detach nic from gpa
        attach nic -> giova
      }
    `),
  },
});

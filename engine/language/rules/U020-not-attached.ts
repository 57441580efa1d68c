import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U020"]> = {
  id: "U020",
  title: "detach of what is not attached",
  severity: "error",
  message: ({ device, space, pasid }) =>
    pasid === undefined
      ? `${device} cannot be detached from ${space}: ${space} is not its default space.`
      : `${device} cannot be detached from ${space}: its vPASID ${pasidText(pasid)} is not attached there.`,
  help: ({ device, space, pasid }) =>
    pasid === undefined
      ? `Name the default space of ${device}, or the vPASID that is attached to ${space}.`
      : `Name the space that vPASID ${pasidText(pasid)} of ${device} is attached to.`,
  explanation: dedent(`
    A detach names the device, the space and, for all but the default space, the vPASID. It ends exactly
    the attach that was made with them.
  `),
  source: "RFC v1 §2.2 (VFIO_DETACH_IOASID); ENOENT is a choice",
  errno: ["ENOENT"],
  categories: [0, 1, 2, 3, 4, 5],
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        detach nic from gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        detach nic from gpa
      }
    `),
  },
};

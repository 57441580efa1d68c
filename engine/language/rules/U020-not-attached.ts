import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U020"]> = {
  id: "U020",
  title: "detach of what is not attached",
  severity: "error",
  message: ({ device, space, pasid, attached }) => {
    const what = pasid === undefined ? device : `vPASID ${pasidText(pasid)} of ${device}`;
    const instead =
      attached === "" ? `${device} is attached to nothing` : `${device} is attached to ${attached}`;
    return `${what} cannot be detached from ${space}, to which it is not attached: ${instead}.`;
  },
  help: ({ attached }) =>
    attached === ""
      ? "Leave the detach out, or write it after the attach."
      : "Name the space and the vPASID as in the attach; without `pasid`, the default space is meant.",
  fixes: (_, site) => removeCall(site, "which finds nothing attached", false),
  explanation: dedent(`
    A detach names the device, the space and, for all but the default space, the vPASID. It ends exactly
    the attach that was made with them.
  `),
  errno: ["ENOENT"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.2 (VFIO_DETACH_IOASID); ENOENT is a choice",
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
});

import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U023"]> = {
  id: "U023",
  title: "unbind of a device that is not bound",
  severity: "error",
  message: ({ device, owner }) =>
    `${device} cannot be unbound: it is not bound to the IOASID fd of ${owner}.`,
  help: ({ device }) => `Unbind ${device} from the owner that bound it, once.`,
  fixes: (_, site) => removeCall(site, "which finds nothing bound", false),
  explanation: dedent(`
    Unbind names the fd that the device is bound to. A device that is not bound there, or not any more,
    has nothing to give up.
  `),
  errno: ["EINVAL"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.2 (VFIO_UNBIND_IOASID_FD); EINVAL is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        unbind nic
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        unbind nic
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { attachedAt } from "../fixes/attached.js";
import { detachFirst } from "../fixes/common.js";
import type { Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U022"]> = {
  id: "U022",
  title: "unbind of an attached device",
  severity: "error",
  message: ({ device, spaces }) => `${device} cannot be unbound: it is still attached to ${spaces}.`,
  help: ({ device, spaces }) => `Detach ${device} from ${spaces} first.`,
  fixes: ({ device }, site): readonly Fix[] => {
    const call = site.statement("unbind");
    if (!call) return [];
    return detachFirst(
      site,
      call,
      attachedAt(site, call, (node) => node.device?.text === device),
    );
  },
  explanation: dedent(`
    Unbind gives the device back to the host. Its DMA must not reach memory of the owner any more, so
    each attach is ended before.
  `),
  errno: ["EBUSY"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.2 (VFIO_UNBIND_IOASID_FD); EBUSY is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        unbind nic
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
        unbind nic
      }
    `),
  },
});

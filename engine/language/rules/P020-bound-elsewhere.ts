import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P020"]> = {
  id: "P020",
  title: "device bound to another fd",
  severity: "error",
  message: ({ device, owner, current }) =>
    owner === current
      ? `${device} cannot be bound to ${owner} again: it is bound to its IOASID fd already.`
      : `${device} cannot be bound to ${owner}: it is bound to the IOASID fd of ${current}.`,
  help: ({ device, owner, current }) =>
    owner === current
      ? `Remove the second \`bind ${device}\`.`
      : `Unbind ${device} from ${current} first, or give ${owner} another device.`,
  fixes: ({ owner, current }, site) => {
    const isAgain = owner === current;
    return removeCall(site, isAgain ? "which changes nothing" : `since ${current} has the device`, isAgain);
  },
  explanation: dedent(`
    A device belongs to one IOASID fd at a time. If two owners could bind it, each could route its DMA
    into memory of the other, and none of the proofs about isolation would hold.

    RFC v2 speaks of several fds per device for one and the same process; two owners still never share
    a device.
  `),
  errno: ["EBUSY"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §1 (one device, one fd); EBUSY is a choice",
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { bind nic }
      guest vm1 { bind nic }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { bind nic  unbind nic }
      guest vm1 { bind nic }
    `),
  },
});

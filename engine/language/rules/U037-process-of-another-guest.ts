import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U037"]> = {
  id: "U037",
  title: "ENQCMD from a guest without the device",
  severity: "error",
  message: ({ owner, process }) =>
    `${process === owner ? `The kernel of ${owner}` : process} cannot submit to this device: ${owner}${process === owner ? "" : ", where it runs,"} has not bound it and has no portal of it, so the ENQCMD is refused.`,
  help: ({ owner }) => `Bind the device to ${owner}, or submit from a process of the guest that has it.`,
  explanation: dedent(`
    A guest submits to a queue through its portal, a page of MMIO that the VMM maps for it once the device
    is bound. For other guests the instruction has no address to go to.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "RFC v2 §2.2 (the portal is mapped into the guest that has the device)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 { bind wq0 }
      guest vm1 { process db { pasid 7 } }
      scenario "submit" {
        enqcmd vm1.db to wq0 write 0x1000
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 { bind wq0  process db { pasid 7 } }
      scenario "submit" {
        enqcmd vm0.db to wq0 write 0x1000    => refused
      }
    `),
  },
});

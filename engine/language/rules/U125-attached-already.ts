import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U125"]> = {
  id: "U125",
  title: "device that is attached already",
  severity: "error",
  message: ({ device, pasid, current }) => `${device} is attached to ${current}${at(pasid)} already.`,
  help: ({ device, pasid, hwpt }) =>
    `Write \`replace ${device}${pasid === 0 ? "" : ` pasid ${pasidText(pasid)}`} -> ${hwpt}\`, which changes it in one step.`,
  explanation: dedent(`
    An attach is for a PASID that has nothing yet. A change of the page table in one step, during which DMA
    finds either the old or the new one, is a replace. VFIO does that by itself: to its user, a second attach
    of a device is a replace.
  `),
  errno: ["EBUSY"],
};

export const page = (): RulePage => ({
  source: "iommufd_hw_pagetable_attach (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt one on io for nic
        hwpt two on io for nic
        attach nic -> one
        attach nic -> two
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt one on io for nic
        hwpt two on io for nic
        attach nic -> one
        replace nic -> two
      }
    `),
  },
});

function at(pasid: number): string {
  return pasid === 0 ? "" : ` at PASID ${pasidText(pasid)}`;
}

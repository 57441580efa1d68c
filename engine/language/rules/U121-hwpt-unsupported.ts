import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U121"]> = {
  id: "U121",
  title: "page table that the hardware has no means for",
  severity: "error",
  message: ({ hwpt, flags, reason }) => `${hwpt} cannot be made with the flags ${flags}: ${reason}.`,
  help: () => "Ask for what the IOMMU of the device has.",
  explanation: dedent(`
    IOMMU_HWPT_ALLOC asks the driver of the device's IOMMU. NEST_PARENT needs an IOMMU that nests in hardware,
    DIRTY_TRACKING one that tracks dirty pages; a nesting parent takes no fault queue; a nested table takes
    no flags but FAULT_ID_VALID and PASID, and data of its driver.
  `),
  errno: ["EOPNOTSUPP"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_paging_alloc, iommufd_hwpt_nested_alloc (hw_pagetable.c), the IOMMU driver",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic dirty-tracking
        attach nic -> io
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  dirty-tracking }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic dirty-tracking
        attach nic -> s2
      }
    `),
  },
});

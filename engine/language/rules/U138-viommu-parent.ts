import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U138"]> = {
  id: "U138",
  title: "vIOMMU on a page table that is no nesting parent",
  severity: "error",
  message: ({ viommu, hwpt }) => `${viommu} cannot stand on ${hwpt}, which was made without NEST_PARENT.`,
  help: ({ hwpt }) => `Write \`nest-parent\` where ${hwpt} is made.`,
  explanation: dedent(`
    The page table of a vIOMMU is the second stage of all nested tables of its guest.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_viommu_alloc_ioctl (viommu.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev nic at 3b:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic
        viommu vs on s2 for nic
        attach nic -> s2
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev nic at 3b:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic nest-parent
        viommu vs on s2 for nic
        attach nic -> s2
      }
    `),
  },
});

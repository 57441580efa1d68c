import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U122"]> = {
  id: "U122",
  title: "data that is not of the driver",
  severity: "error",
  message: ({ hwpt, reason }) => `${hwpt} cannot be made: ${reason}.`,
  help: () => "Write the type of data that the IOMMU of the device has: `vtd-s1`, `smmuv3` or `amd`.",
  explanation: dedent(`
    A nested table is described by a structure of the driver: first-stage page tables of VT-d, a stream table
    entry of SMMUv3, a device table entry of AMD. Data of no type, or a type without data, is refused before
    anything is looked up.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_alloc (hw_pagetable.c), iommu_copy_struct_from_user",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic nest-parent
        hwpt gva on s2 for nic data amd
        attach nic -> s2
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
        hwpt s2 on io for nic nest-parent
        hwpt gva on s2 for nic data vtd-s1
        attach nic -> gva
      }
    `),
  },
});

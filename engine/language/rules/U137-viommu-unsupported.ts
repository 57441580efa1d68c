import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U137"]> = {
  id: "U137",
  title: "vIOMMU that the driver has not",
  severity: "error",
  message: ({ viommu, type, device }) =>
    device === undefined
      ? `${viommu} cannot be made: type ${type} is no vIOMMU.`
      : `${viommu} cannot be made: the IOMMU driver of ${device} has no vIOMMU of type ${type}.`,
  help: () => "Make the nested table on the parent HWPT itself.",
  explanation: dedent(`
    Of the drivers of today that of SMMUv3 has a vIOMMU, and that of VT-d has none.
  `),
  errno: ["EOPNOTSUPP"],
};

export const page = (): RulePage => ({
  source: "iommufd_viommu_alloc_ioctl (viommu.c)",
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
        viommu vs on s2 for nic
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

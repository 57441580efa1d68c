import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U140"]> = {
  id: "U140",
  title: "vDEVICE of a device behind another IOMMU",
  severity: "error",
  message: ({ viommu, device }) =>
    `${device} cannot be a vDEVICE of ${viommu}, which is a slice of another IOMMU.`,
  help: ({ device }) => `Make a vIOMMU for ${device}.`,
  explanation: dedent(`
    A vIOMMU is a slice of the physical IOMMU of the device that it was made for.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_vdevice_alloc_ioctl (viommu.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      iommu other { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev nic at 3b:00.0 behind smmu { category 3  pasid-width 16 }
      pdev gpu at 5e:00.0 behind other { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        bind gpu
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic nest-parent
        viommu vs on s2 for nic
        vdevice vgpu in vs for gpu id 0x20
        attach nic -> s2
        attach gpu -> io
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      iommu other { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev nic at 3b:00.0 behind smmu { category 3  pasid-width 16 }
      pdev gpu at 5e:00.0 behind other { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        bind gpu
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic nest-parent
        viommu vs on s2 for nic
        vdevice vnic in vs for nic id 0x20
        attach nic -> s2
        attach gpu -> io
      }
    `),
  },
});

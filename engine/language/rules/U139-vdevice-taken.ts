import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U139"]> = {
  id: "U139",
  title: "vDEVICE that is there already",
  severity: "error",
  message: ({ vdevice, reason }) => `${vdevice} cannot be made: ${reason}.`,
  help: () => "Destroy the other one first, or use another id.",
  explanation: dedent(`
    A device has one vDEVICE, and an id of a vIOMMU names one device.
  `),
  errno: ["EEXIST"],
};

export const page = (): RulePage => ({
  source: "iommufd_vdevice_alloc_ioctl (viommu.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev nic at 3b:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic nest-parent
        viommu vs on s2 for nic
        vdevice vnic in vs for nic id 0x18
        vdevice again in vs for nic id 0x20
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
        vdevice vnic in vs for nic id 0x18
        attach nic -> s2
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U135"]> = {
  id: "U135",
  title: "nested table of a vIOMMU without a vDEVICE",
  severity: "error",
  message: ({ device, hwpt, viommu }) =>
    `${device} cannot use ${hwpt}: it is no vDEVICE of ${viommu}, so the IOMMU knows no guest id of it.`,
  help: ({ device, viommu }) => `Write \`vdevice NAME in ${viommu} for ${device} id N\` first.`,
  explanation: dedent(`
    The nested table of a vIOMMU names devices by the ids that the guest uses. The vDEVICE tells which one is
    meant, so it has to be there before the attach.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "iommufd_viommu_get_vdev_id (driver.c), arm_smmu_attach_prepare_vmaster",
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
        hwpt cds on vs for nic data smmuv3
        attach nic -> cds
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
        hwpt cds on vs for nic data smmuv3
        attach nic -> cds
      }
    `),
  },
});

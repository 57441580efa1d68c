import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U150"]> = {
  id: "U150",
  title: "PASID attach beside a PASID table of the guest",
  severity: "error",
  message: ({ device, pasid, hwpt, table }) =>
    hwpt === table
      ? `${device} cannot be attached to ${hwpt} at PASID ${pasidText(pasid)}: ${hwpt} is a PASID table of the guest, which stands for all PASIDs of a RID.`
      : `${device} cannot be attached to ${hwpt} at PASID ${pasidText(pasid)}: the PASID table of its RID is ${table}, which the guest writes and the kernel does not.`,
  help: ({ device, pasid, hwpt, table }) =>
    hwpt === table
      ? `Attach ${device} to it without a PASID; the guest then writes \`entry ${table} ${pasidText(pasid)} -> HWPT\`.`
      : `Let the guest write it: \`entry ${table} ${pasidText(pasid)} -> HWPT\`.`,
  explanation: dedent(`
    On Arm SMMUv3 and AMD a nested HWPT is the guest's own PASID table, in its memory. While the RID is on it
    the kernel has no entry of its own to write, and the table itself can only be the RID's.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source:
    "arm_smmu_s1_set_dev_pasid, arm_smmu_attach_dev_nested (arm-smmu-v3); Linux uapi, IOMMU_HWPT_DATA_ARM_SMMUV3",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev acc at 80:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind acc
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for acc nest-parent pasid
        viommu v on s2 for acc
        vdevice d in v for acc id 1
        hwpt cds on v for acc pasid data smmuv3
        attach acc -> cds
        attach acc pasid 3 -> s2
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest }
      pdev acc at 80:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind acc
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for acc nest-parent pasid
        viommu v on s2 for acc
        vdevice d in v for acc id 1
        hwpt cds on v for acc pasid data smmuv3
        hwpt app on v for acc data smmuv3
        attach acc -> cds
        entry cds 3 -> app
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U126"]> = {
  id: "U126",
  title: "PASID attach to a page table made without PASID",
  severity: "error",
  message: ({ device, pasid, hwpt }) =>
    `${device} cannot use ${hwpt} at PASID ${pasidText(pasid)}: the page table was made without the PASID flag.`,
  help: ({ hwpt }) => `Write \`pasid\` where ${hwpt} is made.`,
  explanation: dedent(`
    Some IOMMUs need another format for a page table that is used with PASIDs, so it has to be said when the
    table is made: IOMMU_HWPT_ALLOC_PASID. This is one of the causes of EINVAL from a PASID attach; the others
    are U103, U124, U127, U128, U130, U132, U148, U150 and, for a replace, U133.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_pasid_compat (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt rid on io for nic pasid
        hwpt gva on io for nic
        attach nic -> rid
        attach nic pasid 7 -> gva
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
        hwpt rid on io for nic pasid
        hwpt gva on io for nic pasid
        attach nic -> rid
        attach nic pasid 7 -> gva
      }
    `),
  },
});

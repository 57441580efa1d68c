import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U130"]> = {
  id: "U130",
  title: "PASID that a device of the group cannot send",
  severity: "error",
  message: ({ device, rid, pasid, limit }) =>
    limit === 0
      ? `PASID ${pasidText(pasid)} cannot be attached: ${device} (${rid}) has no PASID capability that its IOMMU takes.`
      : `PASID ${pasidText(pasid)} cannot be attached: ${device} (${rid}) and its IOMMU reach up to ${pasidText(limit - 1)}.`,
  help: ({ limit }) =>
    limit === 0 ? "Use the RID alone." : `Use a PASID from 1 to ${pasidText(limit - 1)}.`,
  explanation: dedent(`
    \`max_pasids\` of a device is the smaller one of what its PCI capability and its IOMMU have. Every device of
    the group that can send PASIDs has to reach the number.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommu_attach_device_pasid (drivers/iommu/iommu.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt gva on io for nic pasid
        attach nic -> gva
        attach nic pasid 0x1_0000 -> gva
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
        hwpt gva on io for nic pasid
        attach nic -> gva
        attach nic pasid 0xffff -> gva
      }
    `),
  },
});

import { choice, type Fix } from "../fixes/fix.js";
import { hardware, setProperty } from "../fixes/properties.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** Two devices of one owner whose PASID tables belong to different sides. */
export type DelegationDiffers = { owner: string; delegated: string; other: string };

export const rule: Rule<DelegationDiffers> = {
  id: "U094",
  title: "PASID tables on both sides",
  severity: "warning",
  message: ({ owner, delegated, other }) =>
    `${owner} has ${delegated}, whose PASID table belongs to the guest, and ${other}, whose PASID table the host kernel keeps.`,
  help: ({ delegated, other }) =>
    `Give the guest only one kind, or hide the PASID capability of ${delegated} or ${other} with \`hide pasid\`.`,
  fixes: ({ delegated, other }, site): readonly Fix[] =>
    [delegated, other].flatMap((device) => {
      const declared = hardware(site, ["pdev", "mdev"], device);
      if (!declared) return [];
      return [
        choice(`Hide PASIDs of ${device} from the guest`, setProperty(site, declared, "hide", "pasid")),
      ];
    }),
  explanation: dedent(`
    PASID_DELEGATED is an attribute of the platform: on Arm and AMD the guest writes the PASID table of its
    devices, on Intel the host does. A virtual machine with both has to keep two ways of announcing PASIDs
    in one virtual IOMMU. The calls succeed; the RFC only says that the user may check that all PASID
    devices agree.
  `),
};

export const page = (): RulePage => ({
  source: "RFC v2 §1.4.4 (domain.md G5)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-table kernel }
      iommu smmu { pasid-table guest  format smmuv3 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev npu at 4c:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 { bind nic  bind npu }
    `),
    avoids: dedent(`
      iommu vtd { pasid-table kernel }
      iommu smmu { pasid-table guest  format smmuv3 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  hide pasid }
      pdev npu at 4c:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 { bind nic  bind npu }
    `),
  },
});

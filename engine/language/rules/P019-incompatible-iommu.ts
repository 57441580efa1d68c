import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, sentence } from "./words.js";

export const rule: Rule<RefusalArguments["P019"]> = {
  id: "P019",
  title: "incompatible IOMMU",
  severity: "error",
  message: ({ device, space, reason }) => sentence(`${device} cannot be attached to ${space}: ${reason}`),
  help: ({ device, space }) =>
    `Allocate another space for ${device}, of the kind that its IOMMU can walk, with the same mappings as ${space}.`,
  explanation: dedent(`
    A space is one page table, and every IOMMU that walks it must understand it: its format, its page
    sizes, its width, and whether it can enforce snooping. An IOMMU that cannot is refused at the attach;
    a second space with the same mappings is what the RFC expects a VMM to make then.
  `),
  errno: ["EINVAL"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §1 (incompatible devices under one IOASID)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  format vtd }
      iommu smmu { pasid-width 20  format smmu-s2 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      pdev disk at 0001:01:00.0 behind smmu { category 0 }
      guest vm0 {
        bind nic  bind disk
        ioasid gpa
        attach nic -> gpa
        attach disk -> gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  format vtd }
      iommu smmu { pasid-width 20  format smmu-s2 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      pdev disk at 0001:01:00.0 behind smmu { category 0 }
      guest vm0 {
        bind nic  bind disk
        ioasid gpa
        ioasid gpa2
        attach nic -> gpa
        attach disk -> gpa2
      }
    `),
  },
});

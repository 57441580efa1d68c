import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P024"]> = {
  id: "P024",
  title: "guest PASID table on a host-owned one",
  severity: "error",
  message: ({ space, device, iommu, delegated }) =>
    delegated
      ? `${space} cannot be the PASID table of ${device}: ${iommu} leaves that of a whole function to its guest, and the pPASIDs of ${device} are chosen by the kernel.`
      : `${space} cannot be the PASID table of ${device}: behind ${iommu} the PASID table is the host kernel's own, and the guest cannot bind one.`,
  help: ({ device, delegated }) => {
    const needed = delegated ? "a function of category 3" : "an IOMMU with `pasid-table guest`";
    return `Give each vPASID of ${device} a space of its own and attach it with \`pasid\`; a guest's PASID table needs ${needed}.`;
  },
  explanation: dedent(`
    On SMMUv3 and AMD the PASID table lies in guest memory and is walked through the second stage, so the
    whole PASID space of a function can be handed to the guest. On VT-d the table holds host-physical
    pointers and belongs to the host; there each vPASID is registered with an attach of its own.
  `),
  errno: ["EOPNOTSUPP"],
  categories: [3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_BIND_PASID_TABLE), RFC v2 §1.4.1",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware  pasid-table kernel }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid table on gpa pasid-table
        attach nic -> table
      }
    `),
    avoids: dedent(`
      iommu smmu { pasid-width 20  nesting hardware  pasid-table guest }
      pdev nic at 3b:00.0 behind smmu { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid table on gpa pasid-table
        attach nic -> table
      }
    `),
  },
});

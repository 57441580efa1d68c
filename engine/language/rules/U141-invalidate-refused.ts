import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U141"]> = {
  id: "U141",
  title: "invalidation of what the kernel keeps right itself",
  severity: "error",
  message: ({ object, reason }) => `${object} cannot be invalidated: ${reason}.`,
  help: () => "Invalidate a nested HWPT, or a vIOMMU.",
  explanation: dedent(`
    IOMMU_HWPT_INVALIDATE is for tables that the guest writes. What the kernel maps and unmaps it flushes
    itself. Entries before a bad one are carried out, and the call tells how many.
  `),
  errno: ["EINVAL", "EOPNOTSUPP", "E2BIG"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_invalidate (hw_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt s2 on io for nic
        attach nic -> s2
        invalidate s2
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
        invalidate gva
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U123"]> = {
  id: "U123",
  title: "page table on what cannot carry one",
  severity: "error",
  message: ({ hwpt, reason }) => `${hwpt} cannot be made: ${reason}.`,
  help: () => "Make it on an IOAS, on an HWPT with `nest-parent`, or on a vIOMMU.",
  explanation: dedent(`
    A paging HWPT stands on an IOAS. A nested one stands on a paging HWPT that was made with NEST_PARENT by
    hand, or on a vIOMMU; there is no third level. An id that does not exist is EINVAL here too, where every
    other call says ENOENT.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_alloc, iommufd_hwpt_nested_alloc (hw_pagetable.c)",
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
        hwpt gva on s2 for nic data vtd-s1
        attach nic -> s2
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
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { alignCall } from "../fixes/ranges.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U005"]> = {
  id: "U005",
  title: "not a multiple of the page size",
  severity: "error",
  message: ({ space, what, size }) =>
    `In ${space}, ${what} does not begin and end at a multiple of ${size}, the smallest page that can be mapped.`,
  help: ({ size }) => `Round start, length and target to ${size}.`,
  fixes: (_, site): readonly Fix[] => alignCall(site),
  explanation: dedent(`
    A page table translates whole pages. The smallest page size among the IOMMUs of a space is the unit of
    its mappings: start, length and target all have to be multiples of it.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd IOAS_MAP (iova_alignment), RFC v1 §2.1 (page sizes of a space)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  page-sizes 4K, 2M }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x800 + 4K -> ram[0x0 + 4K]
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  page-sizes 4K, 2M }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x1000 + 4K -> ram[0x0 + 4K]
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U146"]> = {
  id: "U146",
  title: "slice of a device attached without a PASID",
  severity: "error",
  message: ({ device, category }) =>
    `${device} cannot be attached without a PASID: of category ${category}, it sends the RID of its parent with a PASID of its own.`,
  help: ({ device }) => `Write \`attach ${device} pasid N -> HWPT\`.`,
  explanation: dedent(`
    A slice has no RID. Its driver is given the PASID under which its DMA is routed, and refuses an attach
    that names none.
  `),
  errno: ["EOPNOTSUPP"],
  categories: [2, 4, 5],
};

export const page = (): RulePage => ({
  source: "drivers/vfio/pci/idxd (2026): RID attach is EOPNOTSUPP",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev wq0 on dsa { category 2 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind wq0
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for wq0 pasid
        attach wq0 -> table
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev wq0 on dsa { category 2 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind wq0
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for wq0 pasid
        attach wq0 pasid 3 -> table
      }
    `),
  },
});

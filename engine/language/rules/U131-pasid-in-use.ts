import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U131"]> = {
  id: "U131",
  title: "PASID that somebody else has on the RID",
  severity: "error",
  message: ({ device, pasid, holder }) =>
    `PASID ${pasidText(pasid)} of ${device} is taken: ${holder} has it on the same RID.`,
  help: () => "Choose another PASID.",
  explanation: dedent(`
    A RID has one PASID table. Its numbers are shared by everything that is routed through the RID: the slices
    of a device, and processes of the host (SVA).
  `),
  errno: ["EBUSY"],
  categories: [2, 4, 5],
};

export const page = (): RulePage => ({
  source: "iommu_attach_device_pasid (xa_insert into the pasid_array of the group)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  ats  page-requests }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests }
      mdev wq0 on dsa { category 2 }
      native host {
        memory heap at 0x0 + 1M
        sva dsa as 5
      }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind wq0
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for wq0 pasid
        attach wq0 pasid 5 -> table
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  ats  page-requests }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests }
      mdev wq0 on dsa { category 2 }
      native host {
        memory heap at 0x0 + 1M
        sva dsa as 5
      }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind wq0
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for wq0 pasid
        attach wq0 pasid 6 -> table
      }
    `),
  },
});

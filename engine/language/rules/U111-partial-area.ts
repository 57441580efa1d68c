import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U111"]> = {
  id: "U111",
  title: "unmap of a part of an area",
  severity: "error",
  message: ({ ioas, range, area, removed }) =>
    `${range} of ${ioas} would cut ${area}, so the unmap ends there; ${removed === "0x0" ? "nothing" : `${removed} bytes before it`} had been unmapped by then.`,
  help: ({ area }) => `Unmap all of ${area}, or map it in the pieces that are to go alone.`,
  explanation: dedent(`
    IOMMU_IOAS_UNMAP takes whole areas, one after the other. When it comes to one that the range would cut, it
    ends with ENOENT, and what it took before stays away: a failed unmap may have unmapped something.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "iopt_unmap_iova_range (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 2M -> ram }
        attach nic -> io
        unmap io 0x0 + 1M
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 2M -> ram }
        attach nic -> io
        unmap io 0x0 + 2M
      }
    `),
  },
});

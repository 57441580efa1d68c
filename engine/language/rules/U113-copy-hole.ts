import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U113"]> = {
  id: "U113",
  title: "copy of what is not mapped",
  severity: "error",
  message: ({ ioas, range, hole }) => `${range} of ${ioas} cannot be copied: nothing is mapped at ${hole}.`,
  help: () => "Copy a range that is mapped from end to end; it may be part of an area, or several.",
  explanation: dedent(`
    IOMMU_IOAS_COPY shares the pages behind a range. The range may begin and end within areas and span
    several, and there may be no hole in it.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "iopt_get_pages (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1M -> ram }
        ioas other
        copy io 0x0 + 2M -> other at 0x0
        attach nic -> io
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1M -> ram }
        ioas other
        copy io 0x0 + 1M -> other at 0x0
        attach nic -> other
      }
    `),
  },
});

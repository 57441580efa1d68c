import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U107"]> = {
  id: "U107",
  title: "mapping that is not aligned",
  severity: "error",
  message: ({ ioas, what, alignment }) =>
    `${ioas} needs multiples of ${alignment} bytes, and ${what} is none.`,
  help: ({ alignment }) => `Write an IOVA, a length and a target that are multiples of ${alignment}.`,
  explanation: dedent(`
    An IOAS that nothing uses maps single bytes. Each page table that it backs, and each access that pins
    pages, makes it ask for whole pages: IOVA, length, and the offset of the memory within its page.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iopt_alloc_area_pages, iopt_insert_area (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io
        attach nic -> io
        map io 0x1800 + 4K -> ram
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io
        attach nic -> io
        map io 0x1000 + 4K -> ram
      }
    `),
  },
});

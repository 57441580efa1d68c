import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U119"]> = {
  id: "U119",
  title: "mapping that is too fine for a page table",
  severity: "error",
  message: ({ ioas, area, alignment, by }) =>
    `${by} needs ${ioas} in multiples of ${alignment} bytes, and the mapping of ${area} is none.`,
  help: () => "Map whole pages from the beginning.",
  explanation: dedent(`
    Before anything uses an IOAS, single bytes can be mapped. A page table cannot hold such a mapping, so it
    cannot be made while there is one.
  `),
  errno: ["EADDRINUSE"],
};

export const page = (): RulePage => ({
  source: "iopt_check_iova_alignment (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x100 + 0x100 -> ram }
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
        ioas io { map 0x0 + 4K -> ram }
        attach nic -> io
      }
    `),
  },
});

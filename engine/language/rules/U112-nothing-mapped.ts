import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U112"]> = {
  id: "U112",
  title: "unmap of nothing",
  severity: "error",
  message: ({ ioas, range }) => `Nothing of ${range} is mapped in ${ioas}.`,
  help: () => "Unmap what a map has mapped.",
  explanation: dedent(`
    An unmap that finds no area fails. Only the whole space, from 0 to the last IOVA, may be empty.
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
        ioas io { map 0x0 + 1M -> ram }
        attach nic -> io
        unmap io 0x4000_0000 + 1M
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
        attach nic -> io
        unmap io 0x0 + 1M
      }
    `),
  },
});

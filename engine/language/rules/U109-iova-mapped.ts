import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U109"]> = {
  id: "U109",
  title: "IOVA that is mapped already",
  severity: "error",
  message: ({ ioas, range, existing }) => `${range} of ${ioas} meets ${existing}, which is mapped already.`,
  help: ({ existing }) => `Unmap ${existing} first, or map another IOVA.`,
  explanation: dedent(`
    A mapping at a fixed IOVA never replaces another one.
  `),
  errno: ["EEXIST"],
};

export const page = (): RulePage => ({
  source: "iopt_check_iova (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io
        map io 0x0 + 2M -> ram
        map io 0x10_0000 + 1M -> ram[2M]
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
        ioas io
        map io 0x0 + 1M -> ram
        map io 0x10_0000 + 1M -> ram[2M]
        attach nic -> io
      }
    `),
  },
});

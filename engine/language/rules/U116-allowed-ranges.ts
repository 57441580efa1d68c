import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U116"]> = {
  id: "U116",
  title: "allowed ranges that make no sense",
  severity: "error",
  message: ({ ioas, reason }) => `The allowed ranges of ${ioas} are refused: ${reason}.`,
  help: () => "Write ranges of more than one byte that do not meet.",
  explanation: dedent(`
    IOMMU_IOAS_ALLOW_IOVAS takes a list of first and last bytes. A last byte that is not above the first is
    refused, and so are two ranges that share an IOVA.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_ioas_load_iovas (ioas.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1M -> ram }
        allow-iovas io 0x0 + 1G, 0x1000 + 4K
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
        allow-iovas io 0x0 + 1G, 0x8000_0000 + 4K
        attach nic -> io
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U108"]> = {
  id: "U108",
  title: "mapping of a reserved IOVA",
  severity: "error",
  message: ({ ioas, range, reserved }) => `${range} of ${ioas} cannot be mapped: ${reserved} is reserved.`,
  help: () => "Map an IOVA that IOMMU_IOAS_IOVA_RANGES reports; `info` shows them.",
  explanation: dedent(`
    What a page table cannot translate, and what the IOMMU of an attached device never translates (the window
    of message-signalled interrupts, for one), is reserved in the IOAS while they are there.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iopt_check_iova (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io
        attach nic -> io
        map io 0xfee0_0000 + 4K -> ram
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  reserved 0xfee0_0000 + 1M }
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

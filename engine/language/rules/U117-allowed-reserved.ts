import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U117"]> = {
  id: "U117",
  title: "allowed range that is reserved",
  severity: "error",
  message: ({ ioas, range, reserved }) =>
    `${range} of ${ioas} cannot be promised: ${reserved} is reserved already.`,
  help: () =>
    "Leave the reserved range out, or allow before the device is attached: then the attach is refused.",
  explanation: dedent(`
    An allowed range is a promise that no later attach reserves any of it. What is reserved already cannot be
    promised.
  `),
  errno: ["EADDRINUSE"],
};

export const page = (): RulePage => ({
  source: "iopt_set_allow_iova (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1M -> ram }
        attach nic -> io
        allow-iovas io 0xfee0_0000 + 1M
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1M -> ram }
        attach nic -> io
        allow-iovas io 0x0 + 1G
      }
    `),
  },
});

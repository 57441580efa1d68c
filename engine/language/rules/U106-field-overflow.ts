import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U106"]> = {
  id: "U106",
  title: "field of a call past its end",
  severity: "error",
  message: ({ call, what }) =>
    `${call} cannot take ${what}: start and length together have to stay below 2^64 - 1.`,
  help: () => "Map less in one call.",
  explanation: dedent(`
    Start and length of a call are 64 bits each. 2^64 - 1 in a field is refused before anything else is
    looked at, and so is a length that runs past the end of the addresses.
  `),
  errno: ["EOVERFLOW"],
};

export const page = (): RulePage => ({
  source: "iommufd_ioas_map, iommufd_ioas_copy (ioas.c), iopt_check_iova (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io
        map io 0x0..0xffff_ffff_ffff_ffff -> 0x0
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
        map io 0x0 + 1G -> ram
        attach nic -> io
      }
    `),
  },
});

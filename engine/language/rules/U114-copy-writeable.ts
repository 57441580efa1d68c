import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U114"]> = {
  id: "U114",
  title: "copy that asks for more than the pages allow",
  severity: "error",
  message: ({ ioas, range }) =>
    `${range} of ${ioas} cannot be writeable: the pages were pinned for reading when they were first mapped.`,
  help: () => "Write `r` behind the copy, or map the source with `rw`.",
  explanation: dedent(`
    Pages are pinned once, for reading or for writing, by the map that names the memory. A copy shares them,
    so it may be writeable only where that map was.
  `),
  errno: ["EPERM"],
};

export const page = (): RulePage => ({
  source: "iopt_insert_area (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1M -> ram r }
        ioas other
        copy io 0x0 + 1M -> other at 0x0
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
        ioas io { map 0x0 + 1M -> ram r }
        ioas other
        copy io 0x0 + 1M -> other at 0x0 r
        attach nic -> other
      }
    `),
  },
});

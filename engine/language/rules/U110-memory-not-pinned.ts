import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U110"]> = {
  id: "U110",
  title: "memory that cannot be pinned",
  severity: "error",
  message: ({ ioas, range, owner }) =>
    `${ioas} cannot pin ${range}: ${owner} has no memory in all of its pages.`,
  help: () => "Map memory that is declared, in whole pages.",
  explanation: dedent(`
    As long as an IOAS backs no page table, a mapping is only noted. The pages are pinned when the first page
    table is filled, so a bad address may be told by the map, or later by the attach that makes a table.
  `),
  errno: ["EFAULT"],
};

export const page = (): RulePage => ({
  source: "iopt_area_fill_domains, iopt_table_add_domain (pages.c, io_pagetable.c)",
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
        map io 0x0 + 4K -> 0x1000
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
        map io 0x0 + 4K -> 0x4000_0000
      }
    `),
  },
});

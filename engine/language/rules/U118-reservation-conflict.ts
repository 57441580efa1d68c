import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U118"]> = {
  id: "U118",
  title: "IOVA in use that would have to be reserved",
  severity: "error",
  message: ({ ioas, range, holder, by }) => `${by} reserves ${range}, where ${ioas} has ${holder}.`,
  help: ({ range }) => `Keep ${range} free in the IOAS, or use an IOAS of its own for the device.`,
  explanation: dedent(`
    A page table that is narrower than what is mapped, and a device whose IOMMU has a window of its own, take
    IOVAs away from the IOAS. Where they are in use or promised, the attach, or the making of the table, is
    refused.
  `),
  errno: ["EADDRINUSE"],
};

export const page = (): RulePage => ({
  source: "iopt_reserve_iova, iopt_table_enforce_dev_resv_regions (io_pagetable.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0xfee0_0000 + 4K -> ram }
        attach nic -> io
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  reserved 0xfee0_0000 + 1M }
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

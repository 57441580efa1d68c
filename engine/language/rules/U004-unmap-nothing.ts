import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U004"]> = {
  id: "U004",
  title: "unmap of nothing",
  severity: "error",
  message: ({ space, range }) => `Nothing of ${range} is mapped in ${space}, so there is nothing to unmap.`,
  help: ({ space }) => `Unmap a range that was mapped in ${space} and is still there.`,
  fixes: (_, site) => removeCall(site, "which finds nothing to unmap", false),
  explanation: dedent(`
    An unmap that finds nothing is answered with ENOENT, so that a VMM whose idea of the space differs
    from the kernel's learns of it.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "iommufd IOAS_UNMAP (ENOENT when nothing was found)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        unmap gpa 0x0 + 1M
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        unmap gpa 0x0 + 1M
      }
    `),
  },
});

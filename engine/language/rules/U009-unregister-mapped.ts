import type { RefusalArguments } from "../../simulator/index.js";
import { unmapFirst } from "../fixes/memory.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U009"]> = {
  id: "U009",
  title: "unregister of mapped memory",
  severity: "error",
  message: ({ memory, space }) => `${memory} cannot be unregistered: ${space} still maps it.`,
  help: ({ space }) => `Unmap it from ${space} first.`,
  fixes: (_, site) => unmapFirst(site),
  explanation: dedent(`
    The registration is what holds the pages. To give it up under a mapping would leave the IOMMU with
    pages that the system may use for something else.
  `),
  errno: ["EBUSY"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_UNREGISTER_MEMORY); EBUSY is a choice",
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram[0x0 + 1M]
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        unregister ram[0x0 + 1M]
      }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram[0x0 + 1M]
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        unmap gpa 0x0 + 1M
        unregister ram[0x0 + 1M]
      }
    `),
  },
});

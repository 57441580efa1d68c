import type { RefusalArguments } from "../../simulator/index.js";
import { unmapFirst } from "../fixes/memory.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U029"]> = {
  id: "U029",
  title: "attach against an existing mapping",
  severity: "error",
  message: ({ device, space, reserved, mapping }) =>
    `${device} cannot be attached to ${space}: its IOMMU reserves ${reserved}, and ${mapping} is mapped there.`,
  help: ({ device, space, reserved, mapping }) =>
    `Unmap ${mapping} from ${space} and map around ${reserved}, or give ${device} a space of its own.`,
  fixes: (_, site) => unmapFirst(site),
  explanation: dedent(`
    The reserved ranges of a space are those of all IOMMUs it is attached through. A device that comes
    later may bring one that a mapping occupies already; the mapping would work for the others and be
    dead for this one.
  `),
  errno: ["EADDRINUSE"],
};

export const page = (): RulePage => ({
  source: "iommufd (reserved regions of a device against mappings: EADDRINUSE)",
  example: {
    raises: dedent(`
      iommu plain { pasid-width 20 }
      iommu vtd { pasid-width 20  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind plain { category 0 }
      pdev disk at 5e:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic  bind disk
        ioasid gpa
        attach nic -> gpa
        map gpa 0xfee0_0000 + 4K -> ram[0x0 + 4K]
        attach disk -> gpa
      }
    `),
    avoids: dedent(`
      iommu plain { pasid-width 20 }
      iommu vtd { pasid-width 20  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind plain { category 0 }
      pdev disk at 5e:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic  bind disk
        ioasid gpa
        attach nic -> gpa
        map gpa 0x1000 + 4K -> ram[0x0 + 4K]
        attach disk -> gpa
      }
    `),
  },
});

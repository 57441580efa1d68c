import type { RefusalArguments } from "../../simulator/index.js";
import { registerTarget } from "../fixes/memory.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U008"]> = {
  id: "U008",
  title: "target not registered",
  severity: "error",
  message: ({ space, target }) =>
    `${space} cannot map ${target}: since its owner has registered memory, every mapping has to lie in registered memory, and part of this does not.`,
  help: () => "Write `register` for the part that is missing, or make an existing registration longer.",
  fixes: (_, site) => registerTarget(site),
  explanation: dedent(`
    IOASID_REGISTER_MEMORY of RFC v1 pins memory once and counts it once, however many spaces map it. From
    the first registration on, every mapping has to lie in the registered list; without any, each mapping
    pins for itself.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_REGISTER_MEMORY); EINVAL is a choice",
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
        map gpa 0x0 + 2M -> ram[0x0 + 2M]
      }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram[0x0 + 2M]
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 2M -> ram[0x0 + 2M]
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { firstAttach } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P018"]> = {
  id: "P018",
  title: "command before the first attach",
  severity: "error",
  message: ({ space, operation }) =>
    `${space} is only a number until a device is attached to it, so \`${operation}\` has nothing to work on.`,
  help: ({ space }) =>
    `Attach a device to ${space} first, or write \`uapi v2\`, where the properties of a space are given when it is allocated.`,
  fixes: ({ space }, site) => firstAttach(site, space),
  explanation: dedent(`
    In RFC v1 an IOASID has no format and no attributes when it is allocated: they come from the IOMMU of
    the first device that is attached. Until then the kernel could not even say which page sizes there
    are, so all other commands fail.

    In v2 the format is given at the allocation, and the order of the calls is free.
  `),
  errno: ["ENODEV"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_ALLOC); ENODEV is a choice",
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        map gpa 0x0 + 1G -> ram
      }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
      }
    `),
  },
});

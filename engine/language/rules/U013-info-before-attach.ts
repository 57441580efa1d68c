import type { RefusalArguments } from "../../simulator/index.js";
import { firstAttach } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U013"]> = {
  id: "U013",
  title: "information before the first attach",
  severity: "error",
  message: ({ space }) =>
    `${space} has no properties to report yet: it gets them from the IOMMU of the first device that is attached.`,
  help: ({ space }) => `Attach a device to ${space} first.`,
  fixes: ({ space }, site) => firstAttach(site, space),
  explanation: dedent(`
    IOASID_GET_INFO of RFC v1 reports page sizes, reserved ranges, formats and the kind of nesting. All of
    them belong to the IOMMU, and a space without a device has none.
  `),
  errno: ["ENODEV"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_GET_INFO after at least one attach); ENODEV is a choice",
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        info gpa
        attach nic -> gpa
      }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        info gpa
      }
    `),
  },
});

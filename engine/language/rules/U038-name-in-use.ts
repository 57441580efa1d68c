import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U038"]> = {
  id: "U038",
  title: "name in use",
  severity: "error",
  message: ({ space }) => `${space} exists already, so nothing else can be allocated under this name.`,
  help: ({ space }) => `Remove ${space} first, or choose another name for the new one.`,
  explanation: dedent(`
    The kernel gives each IOASID a number, and a file gives it a name. Two spaces under one name could not be
    told apart by the statements that follow. After a free (a destroy behind iommufd) the name may be used again; a free that is refused
    leaves the space and its name as they were.
  `),
  errno: ["EEXIST"],
};

export const page = (): RulePage => ({
  source: "docs/language.md (names of spaces)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        free gpa                             // refused, since nic is attached
        ioasid gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        detach nic from gpa
        free gpa
        ioasid gpa
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { hardware, setProperty } from "../fixes/properties.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U019"]> = {
  id: "U019",
  title: "IOMMU without nesting",
  severity: "error",
  message: ({ space, iommu }) =>
    `No space can be nested on ${space}: ${iommu} walks one stage only, and no software nesting is declared for it.`,
  help: ({ iommu }) =>
    `Write \`nesting hardware\` or \`nesting software\` in ${iommu} if the platform has it; otherwise give the device a root space of its own, into which the VMM maps what the guest's table says.`,
  fixes: ({ iommu }, site): readonly Fix[] => {
    const declared = hardware(site, ["iommu"], iommu);
    if (!declared) return [];
    return ["hardware", "software"].map((form) =>
      choice(`Give ${iommu} ${form} nesting`, setProperty(site, declared, "nesting", form)),
    );
  },
  explanation: dedent(`
    Whether spaces can be nested is a capability of the IOMMU that the space is attached through. With
    hardware nesting it walks both tables, with software nesting the kernel merges them; with neither, a
    VMM keeps a root space per guest space and maps the merged result itself.

    In RFC v1 the parent is attached when its child is made, so the answer comes then. In v2 a child may be
    allocated before any device is known, and it is the attach that fails.
  `),
  errno: ["EOPNOTSUPP"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (nesting is a capability of a space), iommufd HWPT_ALLOC (NEST_PARENT)",
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20  nesting none }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid giova on gpa
      }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid giova on gpa
        attach nic -> giova
      }
    `),
  },
});

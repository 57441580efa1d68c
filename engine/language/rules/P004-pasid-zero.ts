import type { RefusalArguments } from "../../simulator/index.js";
import { otherPasid } from "../fixes/widths.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P004"]> = {
  id: "P004",
  title: "vPASID 0",
  severity: "error",
  message: ({ device }) =>
    `${device} cannot be attached with vPASID 0: 0 does not mean "no PASID" and is not free either, since the host keeps slot 0 of its PASID table for requests without a PASID.`,
  help: ({ device }) =>
    `Use a vPASID of 1 or more for ${device}; where none is meant, attach it without \`pasid\`, which sets its default space.`,
  fixes: (_, site) => otherPasid(site, 0),
  explanation: dedent(`
    On VT-d as Linux drives it, requests without a PASID use slot 0 of the same PASID table (RID_PASID is
    0). A device of category 3 puts the guest's number on the wire unchanged, so its vPASID 0 would share
    that slot with the default space.

    Where the guest owns the PASID table, the host has no say in slot 0, and the rule does not apply.
  `),
  errno: ["EINVAL"],
  categories: [3],
};

export const page = (): RulePage => ({
  source: "iommu_attach_device_pasid (pasid == IOMMU_NO_PASID)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 0 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 1 -> gva
      }
    `),
  },
});

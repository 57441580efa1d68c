import type { RefusalArguments } from "../../simulator/index.js";
import { leaveAsOut } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U024"]> = {
  id: "U024",
  title: "other pPASID on category 3",
  severity: "error",
  message: ({ device, pasid, physical }) =>
    `vPASID ${pasidText(pasid)} of ${device} cannot become pPASID ${pasidText(physical)}: nothing translates the PASID of a category-3 device, so the guest's number is the one on the wire.`,
  help: ({ device, pasid, physical }) =>
    `Leave \`as ${pasidText(physical)}\` out; ${device} uses ${pasidText(pasid)} itself.`,
  fixes: (_, site) => leaveAsOut(site, site.statement("attach"), true),
  explanation: dedent(`
    A function given to the guest as a whole puts the PASID on the wire that the guest programs. The
    entry in its PASID table has to be at that index; anywhere else it would never be found.
  `),
  errno: ["EINVAL"],
  categories: [3],
};

export const page = (): RulePage => ({
  source: "[T-JG-0528a] (category 3: vPASID equals pPASID)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 as 8 -> gva
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
        attach nic pasid 7 -> gva
      }
    `),
  },
});

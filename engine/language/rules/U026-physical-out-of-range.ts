import type { RefusalArguments } from "../../simulator/index.js";
import { leaveAsOut } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { bits, dedent, largestPasid, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U026"]> = {
  id: "U026",
  title: "pPASID out of range",
  severity: "error",
  message: ({ device, physical, width, binding }) =>
    `pPASID ${pasidText(physical)} cannot be used for ${device}: the numbers that fit are 1 to ${largestPasid(width)} (${bits(width)}, limited by ${binding}).`,
  help: ({ device, width }) =>
    `Choose a pPASID from 1 to ${largestPasid(width)} for ${device}, or leave \`as\` out.`,
  fixes: (_, site) => leaveAsOut(site, site.statement("attach"), false),
  explanation: dedent(`
    The number that a driver fixes has to fit everything between device and PASID table, like any other.
    Slot 0 is that of requests without a PASID and is never given away.
  `),
  errno: ["EINVAL"],
  categories: [4, 5],
};

export const page = (): RulePage => ({
  source: "iommu_attach_device_pasid (IOMMU_NO_PASID, max_pasids)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 16 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
        ioasid gva on gpa page-table
        attach q0 pasid 7 as 0x1_0000 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 16 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
        ioasid gva on gpa page-table
        attach q0 pasid 7 as 9 -> gva
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { leaveAsOut } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U025"]> = {
  id: "U025",
  title: "second global pPASID of a space",
  severity: "error",
  message: ({ space, physical, current }) =>
    `${space} cannot have global pPASID ${pasidText(physical)}: it has ${pasidText(current)} already, and a space has one.`,
  help: ({ physical, current }) =>
    `Leave \`as ${pasidText(physical)}\` out so that ${pasidText(current)} is used again, or fix the number in the first attach.`,
  fixes: (_, site) => leaveAsOut(site, site.statement("attach"), true),
  explanation: dedent(`
    The first category-5 attach of a space gives it a global pPASID, and every later one uses that again,
    also behind another parent. So the CPU's table needs one entry for all of them.
  `),
  errno: ["EBUSY"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §3 (one global PASID per IOASID)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      mdev wq1 on dsa { category 5  queue shared }
      guest vm0 {
        bind wq0  bind wq1
        ioasid gpa
        attach wq0 -> gpa  attach wq1 -> gpa
        ioasid gva on gpa page-table
        attach wq0 pasid 7 -> gva
        kvm map pasid 7 -> gva
        attach wq1 pasid 7 as 9 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      mdev wq1 on dsa { category 5  queue shared }
      guest vm0 {
        bind wq0  bind wq1
        ioasid gpa
        attach wq0 -> gpa  attach wq1 -> gpa
        ioasid gva on gpa page-table
        attach wq0 pasid 7 as 9 -> gva
        kvm map pasid 7 -> gva
        attach wq1 pasid 7 -> gva
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { leaveAsOut } from "../fixes/common.js";
import type { Fix } from "../fixes/fix.js";
import { widen } from "../fixes/widths.js";
import type { Rule, RulePage } from "./rule.js";
import { bits, dedent, largestPasid, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P008"]> = {
  id: "P008",
  title: "global pPASID beyond a device",
  severity: "error",
  message: ({ device, space, pasid, width }) =>
    `${device} cannot join ${space}: ${space} has global pPASID ${pasidText(pasid)} already, and ${device} can send only ${bits(width)} (0 to ${largestPasid(width)}).`,
  help: ({ device, space }) =>
    `Attach ${device} to ${space} before the wider devices, so that the global pPASID is chosen to fit it, or give it a space of its own.`,
  fixes: ({ device, pasid }, site): readonly Fix[] => [
    ...site.related("attach").flatMap((first) => leaveAsOut(site, first, false)),
    ...widen(site, device, pasid),
  ],
  explanation: dedent(`
    The translation table of the CPU is per VM, and a vPASID in it becomes one pPASID whichever device the
    work goes to. So a space has at most one global pPASID, which its first category-5 attach allocates
    and every later one uses again, also on other parents.

    A device that is too narrow for that number can never join. The kernel has the same case for a process
    whose PASID was allocated for a wider device, with the same EOVERFLOW.
  `),
  errno: ["EOVERFLOW"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §3 (ioasid_get_global_pasid); iommu_alloc_mm_data",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev wide at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      pdev narrow at e7:01.0 behind vtd { pasid-width 2  enqcmd }
      mdev wq0 on wide { category 5  queue shared }
      mdev wq1 on narrow { category 5  queue shared }
      guest vm0 {
        bind wq0  bind wq1
        ioasid gpa
        attach wq0 -> gpa  attach wq1 -> gpa
        ioasid gva on gpa page-table
        attach wq0 pasid 3 as 9 -> gva
        kvm map pasid 3 -> gva
        attach wq1 pasid 3 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev wide at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      pdev narrow at e7:01.0 behind vtd { pasid-width 2  enqcmd }
      mdev wq0 on wide { category 5  queue shared }
      mdev wq1 on narrow { category 5  queue shared }
      guest vm0 {
        bind wq0  bind wq1
        ioasid gpa
        attach wq0 -> gpa  attach wq1 -> gpa
        ioasid gva on gpa page-table
        attach wq1 pasid 3 -> gva
        kvm map pasid 3 -> gva
        attach wq0 pasid 3 -> gva
      }
    `),
  },
});

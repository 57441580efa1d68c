import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { otherSlot } from "../fixes/kvm.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P011"]> = {
  id: "P011",
  title: "vPASID mapped to another pPASID",
  severity: "error",
  message: ({ owner, pasid, current, wanted, space, currentSpace }) =>
    `KVM has one slot for vPASID ${pasidText(pasid)} of ${owner}, and it holds pPASID ${pasidText(current)} of ${currentSpace}; pPASID ${pasidText(wanted)} of ${space} has no place in it.`,
  help: ({ space, currentSpace }) =>
    `Use another vPASID for ${space} or for ${currentSpace}, or attach both devices to the same space: then they share one pPASID.`,
  fixes: ({ pasid, space }, site): readonly Fix[] => otherSlot(site, pasid, space),
  explanation: dedent(`
    The CPU's translation table is per VM and has one entry per vPASID. Two category-5 devices of one
    guest may use the same vPASID for the same space, which then has one global pPASID for both. For two
    different spaces they may not: whichever device the guest submits to, the CPU would give both the
    same pPASID.

    The attach itself succeeds, since a vPASID belongs to a device. It is ENQCMD that would go wrong: the
    second device would receive a number that its RID has no entry for, or one of another space.
  `),
  errno: ["EEXIST"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.3 (one table per VM), derived; EEXIST is a choice",
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
        ioasid gva0 on gpa page-table
        ioasid gva1 on gpa page-table
        attach wq0 pasid 9 -> gva0
        attach wq1 pasid 9 -> gva1
        kvm map pasid 9 -> gva0
        kvm map pasid 9 -> gva1
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
        ioasid gva0 on gpa page-table
        ioasid gva1 on gpa page-table
        attach wq0 pasid 9 -> gva0
        attach wq1 pasid 10 -> gva1
        kvm map pasid 9 -> gva0
        kvm map pasid 10 -> gva1
      }
    `),
  },
});

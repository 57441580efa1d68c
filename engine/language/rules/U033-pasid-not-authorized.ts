import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { attachFirst } from "../fixes/kvm.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U033"]> = {
  id: "U033",
  title: "pPASID not in the authorized set",
  severity: "error",
  message: ({ owner, space }) =>
    `${owner} cannot map a vPASID to ${space}: the pPASID of ${space} is not in its authorized set.`,
  help: ({ owner, space }) =>
    `Attach a category-5 device of ${owner} to ${space} with a vPASID first: the attach adds the pPASID to the set.`,
  fixes: ({ owner, space }, site): readonly Fix[] => attachFirst(site, owner, space),
  explanation: dedent(`
    A later idea for KVM's side keeps a set of pPASIDs per process. An attach allocates a pPASID, adds it
    to the set and returns it; KVM then maps a vPASID to any pPASID of the set and refuses every other.
    So KVM needs no IOASID fd, and still no user reaches a space that it does not own.
  `),
  errno: ["EPERM"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "[T-KVM22] (a set of PASIDs per process); EPERM is a choice",
  example: {
    raises: dedent(`
      uapi v2 { kvm-map authorized-set }
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        bind wq0
        ioasid gpa
        attach wq0 -> gpa
        ioasid gva on gpa page-table
        kvm map pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      uapi v2 { kvm-map authorized-set }
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        bind wq0
        ioasid gpa
        attach wq0 -> gpa
        ioasid gva on gpa page-table
        attach wq0 pasid 7 -> gva
        kvm map pasid 7 -> gva
      }
    `),
  },
});

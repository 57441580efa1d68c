import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { attachFirst } from "../fixes/kvm.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P012"]> = {
  id: "P012",
  title: "KVM mapping of a space without pPASID",
  severity: "error",
  message: ({ owner, space }) =>
    `${owner} cannot map a vPASID to ${space} yet: the space has no global pPASID, because no category-5 device is attached to it with a vPASID.`,
  help: ({ space }) =>
    `Attach a category-5 device with its vPASID to ${space} first; that attach allocates the pPASID which KVM then asks for.`,
  fixes: ({ owner, space }, site): readonly Fix[] => attachFirst(site, owner, space),
  explanation: dedent(`
    KVM never accepts a physical PASID from the user: it asks the IOASID for the global one that belongs
    to it, and does not allocate one. So a mapping can only ever lead to a space of the same owner.

    The global pPASID is allocated by the first category-5 attach with a vPASID. Before it there is
    nothing to write into the CPU's table.
  `),
  errno: ["ENOENT"],
  categories: [0, 1, 2, 3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.3, ioasid_get_global_pasid(alloc=false); ENOENT is a choice",
  example: {
    raises: dedent(`
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

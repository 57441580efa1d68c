import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P014"]> = {
  id: "P014",
  title: "KVM unmap of an unmapped vPASID",
  severity: "error",
  message: ({ owner, pasid }) =>
    `${owner} has no KVM mapping for vPASID ${pasidText(pasid)}, so there is nothing to unmap.`,
  help: ({ owner }) => `Unmap the vPASID that was given to \`kvm map\` in ${owner}, once.`,
  fixes: (_, site) => removeCall(site, "which finds nothing to unmap", false),
  explanation: dedent(`
    KVM_UNMAP_PASID ends what KVM_MAP_PASID made. An unmap that finds nothing means that the VMM and the
    kernel disagree about the state of the VM's table, which is better said than passed over.
  `),
  errno: ["ENOENT"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.3; ENOENT is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        bind wq0
        kvm unmap pasid 7
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
        kvm unmap pasid 7
        detach wq0 pasid 7 from gva
      }
    `),
  },
});

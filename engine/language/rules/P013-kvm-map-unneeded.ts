import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P013"]> = {
  id: "P013",
  title: "KVM mapping without a category-5 device",
  severity: "error",
  severityOf: ({ device }) => (device === "" ? "warning" : "error"),
  message: ({ owner, pasid, device }) =>
    device === ""
      ? `${owner} has no category-5 device, so nothing will ever use a KVM mapping of vPASID ${pasidText(pasid)}.`
      : `${owner} must not map vPASID ${pasidText(pasid)} in KVM: that turns PASID translation on for the whole VM, and ENQCMD to ${device} (category 3) needs the vPASID itself on the wire.`,
  help: ({ owner, device }) =>
    device === ""
      ? `Leave the mapping out, or give ${owner} a category-5 device first.`
      : `Leave the mapping out, or write \`hide enqcmd\` in ${device} if ${owner} is to get a category-5 device.`,
  fixes: (_, site) => removeCall(site, "which no device needs", true),
  explanation: dedent(`
    Only category 5 relies on the CPU to translate a vPASID. For a guest without such a device a mapping
    has no user, and it is worth a word because it hints at a confusion about who translates.

    With a category-3 device whose ENQCMD the guest can use, it is wrong: the first mapping turns
    translation on, and from then on that device receives a pPASID in place of the vPASID under which the
    guest's table is installed for its RID.
  `),
  errno: ["EINVAL"],
  categories: [0, 1, 2, 3, 4],
};

export const page = (): RulePage => ({
  source: 'RFC v1 §4 scenario 1 ("should be disabled"); EINVAL is a choice',
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev vf at e7:01.0 behind vtd { category 3  pasid-width 20  enqcmd }
      guest vm0 {
        bind vf
        ioasid gpa
        attach vf -> gpa
        ioasid gva on gpa page-table
        attach vf pasid 7 -> gva
        kvm map pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev vf at e7:01.0 behind vtd { category 3  pasid-width 20  enqcmd }
      guest vm0 {
        bind vf
        ioasid gpa
        attach vf -> gpa
        ioasid gva on gpa page-table
        attach vf pasid 7 -> gva
      }
    `),
  },
});

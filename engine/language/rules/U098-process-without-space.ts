import { attachedPasids } from "../fixes/pasids.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** A guest process whose vPASID stands for no space of any device. */
export type ProcessWithoutSpace = { process: string; owner: string; pasid: number };

export const rule: Rule<ProcessWithoutSpace> = {
  id: "U098",
  title: "process whose PASID is attached nowhere",
  severity: "warning",
  message: ({ process, owner, pasid }) =>
    `${process} of ${owner} has vPASID ${pasidText(pasid)}, and no device of ${owner} is attached to a space with it, so what the process submits reaches nothing.`,
  help: ({ pasid }) =>
    `Write \`attach DEVICE pasid ${pasidText(pasid)} -> SPACE\` with the space of the process, or give it a vPASID that is attached.`,
  fixes: ({ process, owner }, site) => attachedPasids(site, process, owner),
  explanation: dedent(`
    IA32_PASID of a process holds the number that ENQCMD puts into its work. The number means something
    only on devices where the VMM attached a space with it; anywhere else the work ends in a VM exit or a
    fault. Mostly one of the two numbers is a slip.

    It is not said of a process that a scenario submits from or gives another PASID, nor where its guest
    attaches no device. Behind iommufd the number of an attached slice is the one on the wire, and what the guest
    sees instead is the VMM's own business; so it is not said of a guest that has one.
  `),
};

export const page = (): RulePage => ({
  source: "RFC v1 §5.5: each guest process is one I/O address space, attached with its vPASID",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        process db { pasid 8 }
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        process db { pasid 7 }
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
    `),
  },
});

import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** Two slices of one parent that different guests use with the same vPASID. */
export type SiblingPasids = {
  device: string;
  owner: string;
  sibling: string;
  siblingOwner: string;
  parent: string;
  pasid: number;
  physical: number;
  siblingPhysical: number;
};

export const rule: Rule<SiblingPasids> = {
  id: "P027",
  title: "equal vPASIDs of siblings in different guests",
  severity: "information",
  message: ({ device, owner, sibling, siblingOwner, parent, pasid, physical, siblingPhysical }) =>
    `vPASID ${pasidText(pasid)} of ${device} in ${owner} and of ${sibling} in ${siblingOwner} is one number for two spaces behind ${parent}; that is legal, since their pPASIDs are ${pasidText(physical)} and ${pasidText(siblingPhysical)}.`,
  help: ({ parent }) =>
    `Nothing has to change: ${parent} tells the two apart by their pPASIDs. Use different vPASIDs only if that makes traces easier to read.`,
  explanation: dedent(`
    Guests choose their vPASIDs without knowing of each other, so equal numbers on slices of one parent
    are the normal case. They work because the guest's number never reaches the wire: the host gives each
    attach its own pPASID in the one table of the parent.

    It is information, not a fault; it is said because the same file with a category-3 parent would be
    wrong.
  `),
  categories: [2, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §4 scenario 2",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      mdev q1 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
        ioasid gva on gpa page-table
        attach q0 pasid 7 -> gva
      }
      guest vm1 {
        bind q1
        ioasid gpa
        attach q1 -> gpa
        ioasid gva on gpa page-table
        attach q1 pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      mdev q1 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
        ioasid gva on gpa page-table
        attach q0 pasid 7 -> gva
      }
      guest vm1 {
        bind q1
        ioasid gpa
        attach q1 -> gpa
        ioasid gva on gpa page-table
        attach q1 pasid 8 -> gva
      }
    `),
  },
});

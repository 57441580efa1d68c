import type { RefusalArguments } from "../../simulator/index.js";
import { leaveAsOut } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P006"]> = {
  id: "P006",
  title: "pPASID in use on the RID",
  severity: "error",
  message: ({ device, rid, pasid, holder }) =>
    `${device} cannot have pPASID ${pasidText(pasid)} on RID ${rid}: ${holder === device ? `${device} itself holds it there already, for its default space or another vPASID` : `${holder} holds it there`}.`,
  help: ({ rid, pasid }) =>
    `Leave \`as ${pasidText(pasid)}\` out so that a free pPASID is allocated, or choose one that nobody holds on RID ${rid}.`,
  fixes: (_, site) => leaveAsOut(site, site.statement("attach"), false),
  explanation: dedent(`
    The PASID table hangs off the RID. All mediated devices of one parent share its RID, and with it one
    table: every defPASID, every pPASID of every sibling, possibly of different guests, and every host
    process that uses the parent must have a number of its own. This is why such a PASID space cannot be
    handed to a guest.

    Two RIDs may use the same number for different spaces without any conflict.
  `),
  errno: ["EBUSY"],
  categories: [2, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §4 scenario 2; xa_insert on group->pasid_array",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa                  // pPASID 1 is the defPASID of q0
        ioasid gva on gpa page-table
        attach q0 pasid 7 as 1 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
        ioasid gva on gpa page-table
        attach q0 pasid 7 as 2 -> gva
      }
    `),
  },
});

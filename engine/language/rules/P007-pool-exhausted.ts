import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { widen } from "../fixes/widths.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P007"]> = {
  id: "P007",
  title: "no pPASID left",
  severity: "error",
  message: ({ device, pool, limit }) =>
    `No pPASID is left for ${device}: it can use numbers below ${pasidText(limit)}, and in ${pool} all of them from 1 on are taken.`,
  help: ({ device, pool }) =>
    `Give a number of ${pool} back (an attached vPASID, a mediated device or the SVA of a host process holds each), or raise the \`pasid-width\` that limits ${device}.`,
  fixes: ({ device, limit }, site): readonly Fix[] => widen(site, device, limit),
  explanation: dedent(`
    Mediated devices of one parent draw their pPASIDs from the space of the parent's RID, or from the one
    global pool when any of them can be reached by ENQCMD. The defPASIDs of all siblings come out of the
    same pool, so a narrow parent with many slices is full sooner than its guests expect.

    Number 0 is never given: it is the slot of requests without PASID.
  `),
  errno: ["ENOSPC"],
  categories: [2, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §4 scenario 2; iommu_sva_bind_device (ENOSPC)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 1 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa                  // pPASID 1, the only one, is the defPASID of q0
        ioasid gva on gpa page-table
        attach q0 pasid 1 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 2 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
        ioasid gva on gpa page-table
        attach q0 pasid 1 -> gva
      }
    `),
  },
});

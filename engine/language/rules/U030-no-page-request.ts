import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U030"]> = {
  id: "U030",
  title: "response to no page request",
  severity: "error",
  message: ({ space, address }) =>
    `No page request is pending at ${address} of ${space}, so there is nothing to answer.`,
  help: ({ space }) => `Respond once, to an address of ${space} whose request was reported.`,
  explanation: dedent(`
    A device that supports page requests stops at a missing translation and asks. The request stays
    pending until it is answered, and each answer resumes the work that waited at that address. An answer
    to nothing is a sign that the VMM counted wrong.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §5.6, IOMMU fault fd (unknown cookie is EINVAL)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
        respond gva 0x1000 success for nic pasid 7
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
        dma nic pasid 7 read 0x1000          => page-request
        pte gva 0x1000 + 4K -> 0x2000
        respond gva 0x1000 success for nic pasid 7
      }
    `),
  },
});

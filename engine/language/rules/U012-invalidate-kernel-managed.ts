import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U012"]> = {
  id: "U012",
  title: "invalidation of a kernel-managed space",
  severity: "error",
  message: ({ space }) =>
    `${space} cannot be invalidated: the kernel writes its page table and flushes the IOTLB itself at each unmap.`,
  help: () => `Leave the line out; invalidate the child whose table the guest writes.`,
  fixes: (_, site) => removeCall(site, "since the kernel invalidates what it manages", true),
  explanation: dedent(`
    Invalidation is the duty of whoever changes a table. In a kernel-managed space that is the kernel, as
    part of map and unmap. Only where the user writes the table does the kernel have to be told.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_INVALIDATE_CACHE); EINVAL is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        invalidate gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid giova on gpa page-table
        attach nic -> giova
        invalidate giova
      }
    `),
  },
});

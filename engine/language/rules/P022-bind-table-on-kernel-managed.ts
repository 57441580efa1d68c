import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule } from "./rule.js";
import { dedent, sentence } from "./words.js";

export const rule: Rule<RefusalArguments["P022"]> = {
  id: "P022",
  title: "guest table on a kernel-managed space",
  severity: "error",
  message: ({ space, reason }) => sentence(`No guest table can be bound to ${space}: ${reason}`),
  help: ({ space }) =>
    `Bind the table to a child of a root space behind an IOMMU with hardware nesting; fill ${space} with \`map\`.`,
  explanation: dedent(`
    A table that the user writes is only safe under a parent that the kernel writes: the parent decides
    which memory there is at all. So a root space is always kernel-managed.

    With software nesting the kernel merges child and parent into one shadow table, and has to see every
    change of both; then the child too is filled with map and unmap.
  `),
  source: "RFC v1 §1 (binding only on a child with hardware nesting)",
  errno: ["EINVAL"],
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        bind-pgtable gpa
      }
    `),
    avoids: dedent(`
      uapi v1
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid giova on gpa
        attach nic -> giova
        bind-pgtable giova
      }
    `),
  },
};

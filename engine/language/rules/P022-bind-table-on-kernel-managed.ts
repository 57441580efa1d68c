import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P022"]> = {
  id: "P022",
  title: "guest table on a kernel-managed space",
  severity: "error",
  message: ({ space, reason }) =>
    reason === "root"
      ? `No guest table can be bound to ${space}: it is a root space, and only the kernel writes the table of a root.`
      : `No guest table can be bound to ${space}: it is nested in software, so the kernel has to see every change of it.`,
  help: ({ space, reason }) =>
    reason === "root"
      ? `Fill ${space} with \`map\`, and give the guest a child of it for its own table.`
      : `Fill ${space} with \`map\`; a table of the guest needs an IOMMU with \`nesting hardware\`.`,
  explanation: dedent(`
    A table that the user writes is only safe under a parent that the kernel writes: the parent decides
    which memory there is at all. So a root space is always kernel-managed.

    With software nesting the kernel merges child and parent into one shadow table, and has to see every
    change of both; then the child too is filled with map and unmap.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §1 (binding only on a child with hardware nesting)",
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
});

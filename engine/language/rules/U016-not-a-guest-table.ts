import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U016"]> = {
  id: "U016",
  title: "entry in a table that is not the guest's",
  severity: "error",
  message: ({ space, needs }) =>
    `The guest cannot write this entry: ${space} is not ${needs === "pasid-table" ? "a PASID table" : "a page table"} of its own.`,
  help: () =>
    `Use \`map\` for a kernel-managed space, \`pte\` for a page table of the guest, and \`entry\` for its PASID table.`,
  fixes: (_, site): readonly Fix[] => {
    const call = site.statement("pte");
    if (!call || call.node.target === undefined || call.node.target.kind === "word") return [];
    const { start } = call.node;
    return [
      choice(
        "Write `map`, for a kernel-managed space",
        site.replace(call.file, { start, end: start + 3 }, "map"),
      ),
    ];
  },
  explanation: dedent(`
    A guest edits the tables that lie in its own memory: page tables and, on SMMUv3 and AMD, the PASID
    table. A kernel-managed space has its table in kernel memory, which no guest can write.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (two management protocols)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        pte gpa 0x0 + 4K -> 0x4000_0000
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 4K -> 0x4000_0000
      }
    `),
  },
});

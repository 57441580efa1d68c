import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U003"]> = {
  id: "U003",
  title: "unmap of part of a mapping",
  severity: "error",
  message: ({ space, range, mapping }) =>
    `${range} cannot be unmapped from ${space}: it would cut ${mapping}, which was mapped in one piece, in two.`,
  help: ({ mapping }) =>
    `Unmap ${mapping} as a whole and map again what should stay, or map it in the pieces that will be unmapped.`,
  fixes: ({ mapping }, site): readonly Fix[] => {
    const call = site.statement("unmap");
    if (!call?.node.range) return [];
    return [choice(`Unmap ${mapping} as a whole`, site.replace(call.file, call.node.range, mapping))];
  },
  explanation: dedent(`
    Unmap takes whole mappings, as type1v2 does. The IOMMU may hold a mapping as one large page, and to
    split it under running DMA is something that the kernel does not promise.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "VFIO type1v2 semantics (no splitting), RFC v1 §2.2",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        unmap gpa 0x0 + 4K
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
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        unmap gpa 0x0 + 1M
      }
    `),
  },
});

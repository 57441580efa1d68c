import type { RefusalArguments } from "../../simulator/index.js";
import { targetInMemory } from "../fixes/memory.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U007"]> = {
  id: "U007",
  title: "target outside the owner's memory",
  severity: "error",
  message: ({ space, target, owner }) =>
    `${target} cannot be the target of a mapping in ${space}: no \`memory\` of ${owner} holds all of it.`,
  help: ({ owner }) =>
    `Map to a \`memory\` that ${owner} declares, by its name or by a virtual address inside it.`,
  fixes: (_, site) => targetInMemory(site),
  explanation: dedent(`
    The target of a mapping in a root space is a virtual address of the caller. The kernel pins the pages
    behind it, and where the caller has no memory there is nothing to pin.

    For a child with software nesting the target is an address of the parent, and has to be mapped there.
  `),
  errno: ["EFAULT"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (vaddr of the caller), get_user_pages",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 4K -> 0x1000
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
        map gpa 0x0 + 4K -> 0x4000_1000
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U104"]> = {
  id: "U104",
  title: "destroy of an object in use",
  severity: "error",
  message: ({ object, users }) =>
    users === "" ? `${object} is in use.` : `${object} cannot be destroyed: ${users} still uses it.`,
  help: ({ users }) =>
    users === "" ? "Unbind the device first." : "Destroy, detach or replace what uses it first.",
  explanation: dedent(`
    Objects count who refers to them: an IOAS its page tables, a page table its devices, its nested tables and
    its vIOMMUs, a fault queue its page tables, a vIOMMU its nested tables and vDEVICEs. IOMMU_DESTROY
    takes away only what nobody refers to.
  `),
  errno: ["EBUSY"],
};

export const page = (): RulePage => ({
  source: "iommufd_object_remove (main.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for nic
        attach nic -> table
        destroy table
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for nic
        attach nic -> table
        detach nic
        destroy table
      }
    `),
  },
});

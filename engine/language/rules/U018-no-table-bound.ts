import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U018"]> = {
  id: "U018",
  title: "no table bound",
  severity: "error",
  message: ({ space, operation }) =>
    `${space} has no table bound yet, so \`${operation}\` has nothing to work on.`,
  help: ({ space }) => `Write \`bind-pgtable ${space}\` or \`bind-pasid-table ${space}\` first.`,
  fixes: (_, site) => removeCall(site, "since no table is bound", false),
  explanation: dedent(`
    In RFC v1 a child with hardware nesting is empty until a table is bound to it. Until then there is
    nothing that the guest could have changed or that a cache could hold.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_UNBIND_PGTABLE, IOASID_INVALIDATE_CACHE); EINVAL is a choice",
  example: {
    raises: dedent(`
      uapi v1
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid giova on gpa
        attach nic -> giova
        unbind-pgtable giova
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
        unbind-pgtable giova
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U017"]> = {
  id: "U017",
  title: "table bound already",
  severity: "error",
  message: ({ space }) => `${space} has a table bound already.`,
  help: ({ space }) => `Unbind the table of ${space} first.`,
  fixes: (_, site) => removeCall(site, "since a table is bound already", false),
  explanation: dedent(`
    The IOMMU walks one table per space. A second one would take the place of the first under running
    DMA, which has to be asked for in two steps.
  `),
  errno: ["EBUSY"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_BIND_PGTABLE); EBUSY is a choice",
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
        bind-pgtable giova
        bind-pgtable giova
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
        bind-pgtable giova
      }
    `),
  },
});

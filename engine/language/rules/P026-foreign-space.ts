import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P026"]> = {
  id: "P026",
  title: "space of another fd",
  severity: "error",
  message: ({ space, owner, holder, nesting }) =>
    nesting
      ? `${owner} cannot nest on ${space}: it is a space of ${holder}, and there is no nesting across IOASID fds.`
      : `${owner} cannot use ${space}: it is a space of ${holder}, and its number means nothing in the IOASID fd of ${owner}.`,
  help: ({ owner, holder }) =>
    `Allocate a space in ${owner} with the same mappings; spaces of ${holder} are out of reach by design.`,
  explanation: dedent(`
    An IOASID is a number local to its fd. Another owner that uses the number gets ENOENT, or worse in
    practice: a space of its own with the same number. Nesting across fds would let one owner change what
    the devices of another reach, and is EINVAL.
  `),
  errno: ["EINVAL", "ENOENT"],
};

export const page = (): RulePage => ({
  source: "RFC v2 §1 (no nesting across fds; an id is local to its fd)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { ioasid gpa }
      guest vm1 {
        bind nic
        attach nic -> vm0.gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 { ioasid gpa }
      guest vm1 {
        bind nic
        ioasid gpa
        attach nic -> vm1.gpa
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { besides } from "../fixes/moves.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U028"]> = {
  id: "U028",
  title: "two spaces for one group",
  severity: "error",
  message: ({ device, space, sibling, current }) =>
    `${device} cannot be attached to ${space}: ${sibling} of the same IOMMU group is attached to ${current}, and a group shares one default space.`,
  help: ({ device, sibling, current }) => `Attach ${device} to ${current}, or detach ${sibling} first.`,
  fixes: ({ current }, site): readonly Fix[] => {
    const name = site.statement("attach")?.node.space;
    if (!name) return [];
    return [
      choice(`Attach it to ${current} as well`, site.replace(site.span.file, name, besides(name, current))),
    ];
  },
  explanation: dedent(`
    The fabric cannot tell members of a group apart reliably, so a request of one may be translated as one
    of the other. Two spaces would be a promise that the hardware does not keep.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v2 (multi-device groups share one IOASID), iommufd device attach",
  example: {
    raises: dedent(`
      uapi v2
      iommu vtd { pasid-width 20 }
      pdev a at 3b:00.0 behind vtd { category 0 }
      pdev b at 3b:00.1 behind vtd { category 0 }
      group g { a b }
      guest vm0 {
        bind a  bind b
        ioasid gpa
        ioasid giova
        attach a -> gpa
        attach b -> giova
      }
    `),
    avoids: dedent(`
      uapi v2
      iommu vtd { pasid-width 20 }
      pdev a at 3b:00.0 behind vtd { category 0 }
      pdev b at 3b:00.1 behind vtd { category 0 }
      group g { a b }
      guest vm0 {
        bind a  bind b
        ioasid gpa
        attach a -> gpa
        attach b -> gpa
      }
    `),
  },
});

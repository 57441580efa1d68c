import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U027"]> = {
  id: "U027",
  title: "group of another owner",
  severity: "error",
  message: ({ device, group, holder, owner }) =>
    `${device} cannot be bound to ${owner}: ${holder} has bound another member of ${group}, and with it the whole group.`,
  help: ({ group }) => `Give all devices of ${group} to one owner.`,
  explanation: dedent(`
    Members of an IOMMU group are not isolated from each other: one can send requests in the name of
    another. In RFC v2 the first bind of a member blocks the DMA of the whole group for everybody else, so
    a second owner has to be refused.
  `),
  errno: ["EPERM"],
};

export const page = (): RulePage => ({
  source: "RFC v2 (group isolation on bind), VFIO_DEVICE_BIND_IOMMUFD (EPERM)",
  example: {
    raises: dedent(`
      uapi v2
      iommu vtd { pasid-width 20 }
      pdev a at 3b:00.0 behind vtd { category 0 }
      pdev b at 3b:00.1 behind vtd { category 0 }
      group g { a b }
      guest vm0 { bind a }
      guest vm1 { bind b }
    `),
    avoids: dedent(`
      uapi v2
      iommu vtd { pasid-width 20 }
      pdev a at 3b:00.0 behind vtd { category 0 }
      pdev b at 3b:00.1 behind vtd { category 0 }
      group g { a b }
      guest vm0 { bind a  bind b }
    `),
  },
});

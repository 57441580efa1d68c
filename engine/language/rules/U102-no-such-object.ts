import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U102"]> = {
  id: "U102",
  title: "no such object of iommufd",
  severity: "error",
  message: ({ call, wanted, found }) =>
    found === undefined
      ? `${call} needs ${wanted}, and there is none with that id: it is not made yet, or destroyed.`
      : `${call} needs ${wanted}, and ${found}.`,
  help: ({ wanted }) => `Name ${wanted} that is there at this point.`,
  explanation: dedent(`
    Every object of a context has an id, and a call looks the id up together with the type that it needs. An
    id that is gone, that belongs to another context, or that names an object of another type is the same to
    it: ENOENT.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "iommufd_get_object (drivers/iommu/iommufd/main.c)",
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
        unmap table 0x0 + 1G
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
        unmap io 0x0 + 1G
      }
    `),
  },
});

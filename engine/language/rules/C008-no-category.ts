import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { hardware, setProperty } from "../fixes/properties.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["C008"]> = {
  id: "C008",
  title: "bind of a device without a category",
  severity: "error",
  message: ({ device }) =>
    `${device} cannot be bound: it has no category, so nothing says how its requests are routed and whose PASIDs it uses.`,
  help: ({ device }) =>
    `Write \`category 0\`, \`3\` or \`4\` in the declaration of ${device} if it is a function, \`1\`, \`2\`, \`4\` or \`5\` if it is an mdev.`,
  fixes: ({ device }, site): readonly Fix[] => {
    const declared = hardware(site, ["pdev", "mdev"], device);
    const found = site.device(device);
    if (!declared || !found) return [];
    const categories =
      found.kind === "mdev" ? (found.queue ? [5] : [4, 2, 1]) : found.pasidWidth > 0 ? [3] : [0];
    return categories.map((category) =>
      choice(`Give ${device} category ${category}`, setProperty(site, declared, "category", `${category}`)),
    );
  },
  explanation: dedent(`
    The category of a device says whether it can issue a PASID, whether the guest chooses it, and who
    translates it. A function without one is host hardware: a parent of mdevs, or a device that the host
    keeps. To bind it, the file has to say what kind of VFIO device it is.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "[T-JG-0528a] (a VFIO device belongs to one of six categories)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { pasid-width 16 }
      guest vm0 { bind nic }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 { bind nic }
    `),
  },
});

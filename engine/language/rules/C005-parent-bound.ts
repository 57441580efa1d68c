import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["C005"]> = {
  id: "C005",
  title: "parent of mdevs bound itself",
  severity: "error",
  message: ({ device, child }) =>
    `${device} cannot be bound: it is the parent of ${child}, and its host driver must keep it to serve its slices.`,
  help: ({ device, child }) =>
    `Bind ${child} instead, or remove the mdevs of ${device} and assign the whole function.`,
  fixes: ({ child }, site): readonly Fix[] => {
    const device = site.statement("bind")?.node.device;
    if (!device) return [];
    return [choice(`Bind ${child} instead`, site.replace(site.span.file, device, child))];
  },
  explanation: dedent(`
    An mdev is a slice that the host driver of the parent makes and mediates. Binding the parent takes it
    away from that driver, and hands its whole PASID table to one owner, with the entries of all slices
    in it.
  `),
  errno: ["EBUSY"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §4 scenario 2 (the parent's driver owns its PASID space)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev dsa at 6a:01.0 behind vtd { category 3  pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 { bind dsa }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev dsa at 6a:01.0 behind vtd { category 3  pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 { bind q0 }
    `),
  },
});

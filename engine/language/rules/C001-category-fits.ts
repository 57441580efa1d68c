import type { Shape, ShapeCase, ShapeRule } from "./shape.js";
import { dedent } from "./words.js";

/** A category that this kind of device cannot have. `kind` is "pdev" or "mdev". */
export type CategoryFits = { device: string; kind: string; category: number };

export const rule: ShapeRule<CategoryFits> = {
  id: "C001",
  title: "category of another kind of device",
  severity: "error",
  message: ({ device, kind, category }) =>
    `${device} cannot be of category ${category}: ${kind === "pdev" ? "that is for mdevs" : "that is for functions"}, and ${device} is ${kind === "pdev" ? "a pdev" : "an mdev"}.`,
  help: ({ kind }) => (kind === "pdev" ? "Write category 0, 3 or 4." : "Write category 1, 2, 4 or 5."),
  explanation: dedent(`
    Categories 0 and 3 are whole functions, which have a requester id of their own. Categories 1, 2 and 5 are
    slices of a parent, told apart by software or by PASID. Category 4, where the device or its driver
    translates vPASIDs, can be either.
  `),
  source: "[T-JG-0528a], [SEED], RFC v2 §1.2",
  categories: [0, 1, 2, 3, 5],
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev q0 on dsa { category 3 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev q0 on dsa { category 4 }
    `),
  },
  check,
};

const FITTING = { pdev: [0, 3, 4], mdev: [1, 2, 4, 5] } as const;

function* check({ platform }: Shape): Generator<ShapeCase<CategoryFits>> {
  for (const { name, kind, category, origin } of platform.devices) {
    const fitting: readonly number[] = FITTING[kind];
    if (category === undefined || fitting.includes(category)) continue;
    yield { facts: { device: name, kind, category }, origin, related: [] };
  }
}

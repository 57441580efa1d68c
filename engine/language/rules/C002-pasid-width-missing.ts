import { choice, type Fix } from "../fixes/fix.js";
import { hardware, setProperty } from "../fixes/properties.js";
import type { RulePage } from "./rule.js";
import type { Shape, ShapeCase, ShapeRule } from "./shape.js";
import { dedent } from "./words.js";

/** A device that needs PASIDs of a function that has none. `holder` is that function. */
export type PasidWidthMissing = { device: string; category: number; holder: string };

export const rule: ShapeRule<PasidWidthMissing> = {
  id: "C002",
  title: "function without PASIDs",
  severity: "error",
  message: ({ device, category, holder }) =>
    `${device} is of category ${category}, which needs PASIDs, and ${holder === device ? "it" : `its parent ${holder}`} has no PASID capability.`,
  help: ({ holder }) => `Write \`pasid-width N\` in the declaration of ${holder}.`,
  fixes: ({ holder }, site): readonly Fix[] => {
    const declared = hardware(site, ["pdev"], holder);
    const width = site.platform.iommus[site.device(holder)?.iommu ?? -1]?.pasidWidth ?? 0;
    if (!declared || width === 0) return [];
    const words = `pasid-width ${width}`;
    return [
      choice(
        `Write \`${words}\`, the width of its IOMMU`,
        setProperty(site, declared, "pasid-width", `${width}`),
      ),
    ];
  },
  explanation: dedent(`
    The guest of a category-3 device sends PASIDs with its function, and the slices of categories 2, 4 and 5
    are told apart by a PASID behind the requester id of their parent. Without the PCIe capability there is
    no PASID on the wire.
  `),
  categories: [2, 3, 4, 5],
  check,
};

export const page = (): RulePage => ({
  source: "[T-JG-0528a], RFC v1 §4, PCIe PASID capability",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
    `),
  },
});

function* check({ platform }: Shape): Generator<ShapeCase<PasidWidthMissing>> {
  for (const { name, kind, category, pasidWidth, wire, origin } of platform.devices) {
    // A function cannot be of category 1, 2 or 5 at all: that is C001.
    const misfit = kind === "pdev" && category !== 3 && category !== 4;
    if (category === undefined || category < 2 || misfit || pasidWidth > 0) continue;
    const holder = platform.devices[wire];
    if (!holder) continue;
    const related =
      holder.name === name ? [] : [{ origin: holder.origin, message: `${holder.name} is declared here` }];
    yield { facts: { device: name, category, holder: holder.name }, origin, related };
  }
}

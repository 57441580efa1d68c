import type { Category, Device, Platform } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { hardware, setProperty } from "../fixes/properties.js";
import type { Site } from "../fixes/site.js";
import { rule as C002 } from "./C002-pasid-width-missing.js";
import { rule as C003 } from "./C003-pasid-property-unused.js";
import { rule as C004 } from "./C004-enqcmd-needs.js";
import type { RulePage } from "./rule.js";
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
  help: ({ kind }) => {
    const fitting = FITTING[kind === "pdev" ? "pdev" : "mdev"];
    const meanings = fitting.map((category) => `${category} (${MEANING[category]})`);
    return `Write category ${meanings.slice(0, -1).join(", ")} or ${meanings.at(-1)}.`;
  },
  fixes: ({ device, kind }, site): readonly Fix[] => fittingCategories(device, kind, site),
  explanation: dedent(`
    Categories 0 and 3 are whole functions, which have a requester id of their own. Categories 1, 2 and 5 are
    slices of a parent, told apart by software or by PASID. Category 4, where the device or its driver
    translates vPASIDs, can be either.
  `),
  categories: [0, 1, 2, 3, 5],
  check,
};

export const page = (): RulePage => ({
  source: "[T-JG-0528a], [SEED], RFC v2 §1.2",
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
});

const FITTING = { pdev: [0, 3, 4], mdev: [1, 2, 4, 5] } as const;

/** What becomes of the guest's PASIDs in each category. */
const MEANING: Readonly<Record<Category, string>> = {
  0: "it sends no PASIDs",
  1: "software moves the data",
  2: "one PASID that the host fixed",
  3: "the guest's PASIDs go out as they are",
  4: "the device or its driver translates vPASIDs",
  5: "the CPU translates the vPASID of ENQCMD",
};

/** What is offered, in the order in which it is likely: a guest that was to have PASIDs keeps them. */
const LIKELY = { pdev: [3, 4, 0], mdev: [4, 5, 2, 1] } as const;

/** The categories for which the rest of the declarations has all that they need, and nothing too much. */
function fittingCategories(name: string, kind: string, site: Site): Fix[] {
  const device = site.device(name);
  const declared = hardware(site, ["pdev", "mdev"], name);
  if (!device || !declared) return [];
  return LIKELY[kind === "pdev" ? "pdev" : "mdev"]
    .filter((category) => hasWhatItNeeds(site.platform, device, category))
    .map((category) =>
      choice(
        `Write \`category ${category}\`: ${MEANING[category]}`,
        setProperty(site, declared, "category", `${category}`),
      ),
    );
}

function hasWhatItNeeds(platform: Platform, device: Device, category: Category): boolean {
  const devices = platform.devices.map((each) => (each === device ? { ...device, category } : each));
  const shape: Shape = { platform: { ...platform, devices }, virtualFunctions: [] };
  const cases = [...C002.check(shape), ...C003.check(shape), ...C004.check(shape)];
  return cases.every(({ origin }) => origin !== device.origin);
}

function* check({ platform }: Shape): Generator<ShapeCase<CategoryFits>> {
  for (const { name, kind, category, origin } of platform.devices) {
    const fitting: readonly number[] = FITTING[kind];
    if (category === undefined || fitting.includes(category)) continue;
    yield { facts: { device: name, kind, category }, origin, related: [] };
  }
}

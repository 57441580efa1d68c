import type { Device } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { dropProperty, hardware, propertyWords } from "../fixes/properties.js";
import type { RulePage } from "./rule.js";
import type { Shape, ShapeCase, ShapeRule } from "./shape.js";
import { dedent } from "./words.js";

/** A word about PASIDs on a device whose guest has none. */
export type PasidPropertyUnused = { device: string; category: number; word: string };

export const rule: ShapeRule<PasidPropertyUnused> = {
  id: "C003",
  title: "PASID property of a device without PASIDs",
  severity: "error",
  message: ({ device, category, word }) =>
    `${device} is of category ${category}, which gives its guest no PASIDs, so \`${word}\` says nothing.`,
  help: ({ device, word }) =>
    `Remove \`${word}\`, or give ${device} a category that takes PASIDs of the guest: 3, 4 or 5.`,
  fixes: ({ device, word }, site): readonly Fix[] => {
    const declared = hardware(site, ["pdev", "mdev"], device);
    const property = declared?.node.properties.find(
      (each) =>
        propertyWords(site, declared, each).startsWith(word.split(" ")[0]!) &&
        propertyWords(site, declared, each).endsWith(word.split(" ").at(-1)!),
    );
    if (!declared || !property) return [];
    return [choice(`Remove \`${word}\``, dropProperty(site, declared, property))];
  },
  explanation: dedent(`
    Devices of categories 0 to 2 report no PASID support and take no vPASID. A function of category 0 cannot
    issue one, and a slice of category 1 or 2 has nothing to hide.
  `),
  categories: [0, 1, 2],
  check,
};

export const page = (): RulePage => ({
  source: "[T-KT-0603], RFC v1 §4",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0  pasid-width 16 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
    `),
  },
});

function* check({ platform }: Shape): Generator<ShapeCase<PasidPropertyUnused>> {
  for (const device of platform.devices) {
    const { name, category, origin } = device;
    if (category === undefined || category > 2) continue;
    for (const word of wordsOf(device))
      yield { facts: { device: name, category, word }, origin, related: [] };
  }
}

/** An mdev has what its parent has, so only the words of its own count. */
function wordsOf(device: Device): string[] {
  const words: string[] = [];
  if (device.kind === "pdev") {
    if (device.pasidWidth > 0) words.push(`pasid-width ${device.pasidWidth}`);
    if (device.enqcmd) words.push("enqcmd");
    if (device.exec) words.push("exec");
    if (device.priv) words.push("priv");
  }
  if (device.hidePasid) words.push("hide pasid");
  if (device.hideEnqcmd) words.push("hide enqcmd");
  return words;
}

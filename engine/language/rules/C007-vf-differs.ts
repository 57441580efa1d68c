import type { Device } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { dropProperty, hardware } from "../fixes/properties.js";
import type { RulePage } from "./rule.js";
import type { Shape, ShapeCase, ShapeRule } from "./shape.js";
import { dedent } from "./words.js";

/** A word in which a virtual function differs from its physical one. The values are as text. */
export type VfDiffers = { device: string; physical: string; word: string; value: string; expected: string };

export const rule: ShapeRule<VfDiffers> = {
  id: "C007",
  title: "VF that differs from its PF",
  severity: "error",
  message: ({ device, physical, word, value, expected }) =>
    `${device} states \`${word}\` as ${value}, and its physical function ${physical} has ${expected}.`,
  help: ({ word, physical }) => `Leave \`${word}\` out: a VF has what ${physical} has.`,
  fixes: ({ device, word }, site): readonly Fix[] => {
    const declared = hardware(site, ["pdev"], device);
    const property = declared?.node.properties.find(({ name }) => name === word);
    if (!declared || !property) return [];
    return [choice(`Leave \`${word}\` out`, dropProperty(site, declared, property))];
  },
  explanation: dedent(`
    A virtual function has no PASID capability of its own; it uses that of its physical function, and the
    kernel refuses to enable what is off there.
  `),
  check,
};

export const page = (): RulePage => ({
  source: "pci_enable_pasid (EINVAL when the PF has PASID off)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev pf at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev vf0 at 3b:00.1 behind vtd { category 3  vf of pf  pasid-width 20 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev pf at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev vf0 at 3b:00.1 behind vtd { category 3  vf of pf }
    `),
  },
});

const FLAGS = [
  ["ats", "ats"],
  ["page-requests", "pageRequests"],
  ["enqcmd", "enqcmd"],
  ["exec", "exec"],
  ["priv", "priv"],
] as const;

function* check({ platform, virtualFunctions }: Shape): Generator<ShapeCase<VfDiffers>> {
  for (const { device: index, physical: above } of virtualFunctions) {
    const device = platform.devices[index];
    const physical = platform.devices[above];
    if (!device || !physical) continue;
    for (const [word, value, expected] of differences(device, physical)) {
      const related = [{ origin: physical.origin, message: `${physical.name} is declared here` }];
      const facts = { device: device.name, physical: physical.name, word, value, expected };
      yield { facts, origin: device.origin, related };
    }
  }
}

/** What is not stated is inherited, so that any difference is a stated one. */
function* differences(device: Device, physical: Device): Generator<readonly [string, string, string]> {
  if (device.pasidWidth !== physical.pasidWidth) {
    yield ["pasid-width", String(device.pasidWidth), String(physical.pasidWidth)];
  }
  for (const [word, key] of FLAGS) if (device[key] && !physical[key]) yield [word, "on", "it off"];
}

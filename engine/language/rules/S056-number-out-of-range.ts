import { choice } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** A number of a declaration that hardware cannot have. `value` is as written. */
export type NumberOutOfRange = { word: string; value: string; low: number; high: number };

export const rule: Rule<NumberOutOfRange> = {
  id: "S056",
  title: "number out of range",
  severity: "error",
  message: ({ word, value, low, high }) =>
    `\`${word}\` cannot be ${value}: it lies between ${low} and ${pasidText(high)}.`,
  help: ({ low, high }) => `Write a number from ${low} to ${pasidText(high)}.`,
  fixes: ({ high }, site) => [
    choice(`Write \`${pasidText(high)}\`, the largest`, site.instead(pasidText(high))),
  ],
  explanation: dedent(`
    A PASID has 20 bits at most, an address 64, and there are six categories of devices, 0 to 5.
  `),
};

export const page = (): RulePage => ({
  source: "PCIe PASID capability, [T-JG-0528a]",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 21 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
    `),
  },
});

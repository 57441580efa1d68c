import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** Two functions with one PCI address. */
export type PciAddressTaken = { device: string; address: string; other: string };

export const rule: Rule<PciAddressTaken> = {
  id: "S058",
  title: "PCI address used twice",
  severity: "error",
  message: ({ device, address, other }) => `${device} cannot be at ${address}: ${other} is there.`,
  help: ({ device }) => `Give ${device} an address of its own.`,
  explanation: dedent(`
    The address is the requester id of every DMA: the IOMMU finds the tables of a function by it.
  `),
};

export const page = (): RulePage => ({
  source: "VT-d (root and context table)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      pdev disk at 3b:00.0 behind vtd { category 0 }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      pdev disk at 3b:00.1 behind vtd { category 0 }
    `),
  },
});

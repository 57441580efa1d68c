import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { endInstead } from "../fixes/ranges.js";
import { widerAddresses } from "../fixes/widths.js";
import type { Rule, RulePage } from "./rule.js";
import { bits, dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U006"]> = {
  id: "U006",
  title: "address beyond the IOMMU",
  severity: "error",
  message: ({ space, range, width, iommu }) =>
    `${range} does not fit in ${space}: ${iommu} translates addresses of ${bits(width)}.`,
  help: ({ width, iommu }) =>
    `Place it below 0x${(2 ** width).toString(16)} (2^${width}), or use an IOMMU with a larger \`address-width\` than ${iommu}; the CPU's address width plays no part.`,
  fixes: ({ width, iommu }, site): readonly Fix[] => [
    ...endInstead(site, width),
    ...widerAddresses(site, iommu),
  ],
  explanation: dedent(`
    The width of the input address gives the number of levels that the IOMMU walks. An address above it
    faults without a walk, so a mapping there could never be used.

    A typical case is a virtual IOMMU of 39 bits under a guest that places a BAR at 2^40.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (attributes of a space), iommu_domain geometry",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  address-width 39 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x80_0000_0000 + 4K -> ram[0x0 + 4K]
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  address-width 39 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x7f_ffff_f000 + 4K -> ram[0x0 + 4K]
      }
    `),
  },
});

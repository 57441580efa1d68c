import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A page size that no page table has; `size` is undefined when 4 KiB is missing. */
export type PageSizes = { iommu: string; size: string | undefined };

export const rule: Rule<PageSizes> = {
  id: "S050",
  title: "impossible page size",
  severity: "error",
  message: ({ iommu, size }) =>
    size === undefined
      ? `The page sizes of ${iommu} do not include 4K, which every page table has.`
      : `${size} is no page size for ${iommu}: it is not a power of two, or less than 4K.`,
  help: () => "Write 4K and other powers of two, such as `4K, 2M, 1G`.",
  explanation: dedent(`
    Pages are powers of two, and the smallest one of every IOMMU here has 4 KiB: mappings are counted in it.
  `),
};

export const page = (): RulePage => ({
  source: "VT-d, SMMUv3 with 4 KiB granule, AMD IOMMU",
  example: {
    raises: dedent(`
      iommu vtd { page-sizes 4K, 3M }
    `),
    avoids: dedent(`
      iommu vtd { page-sizes 4K, 2M }
    `),
  },
});

import { putBehind } from "../fixes/declarations.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A function that could be behind several IOMMUs. */
export type IommuNeeded = { device: string; candidates: string };

export const rule: Rule<IommuNeeded> = {
  id: "S057",
  title: "function without an IOMMU",
  severity: "error",
  message: ({ device, candidates }) =>
    `Nothing says which IOMMU ${device} is behind: there are ${candidates}.`,
  help: ({ device }) => `Write \`behind NAME\` in the declaration of ${device}.`,
  fixes: ({ candidates }, site) => putBehind(site, candidates),
  explanation: dedent(`
    Every DMA of a function passes one IOMMU. With one in the file it is that one; with several, the file has
    to say it.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      iommu left { pasid-width 20 }
      iommu right { pasid-width 16 }
      pdev nic at 3b:00.0 { category 0 }
    `),
    avoids: dedent(`
      iommu left { pasid-width 20 }
      iommu right { pasid-width 16 }
      pdev nic at 3b:00.0 behind left { category 0 }
    `),
  },
});

import { mergeBlocks } from "../fixes/declarations.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A block of which a place can have one. `place` is where. */
export type SecondBlock = { block: string; place: string };

export const rule: Rule<SecondBlock> = {
  id: "S047",
  title: "block written twice",
  severity: "error",
  message: ({ block, place }) => `There is a \`${block}\` in ${place} already, and that one counts.`,
  help: ({ block }) => `Write everything into one \`${block}\`.`,
  fixes: ({ block }, site) => mergeBlocks(site, block),
  explanation: dedent(`
    A program has one kernel and one host CPU, and a guest one virtual IOMMU.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      cpu { enqcmd }
      cpu { pasid-translation }
    `),
    avoids: dedent(`
      cpu { enqcmd  pasid-translation }
    `),
  },
});

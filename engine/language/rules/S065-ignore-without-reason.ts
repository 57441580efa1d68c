import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A switch in a comment without words that say why. `text` is what may be the reason, without its mark. */
export type IgnoreWithoutReason = { found: string; rules: string; text: string | undefined };

const SITUATION = `
iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
guest vm0 { memory ram at 0x4000_0000 + 1G  bind wq0  ioasid gpa  attach wq0 -> gpa  ioasid gva on gpa page-table }
`.trimStart();

export const rule: Rule<IgnoreWithoutReason> = {
  id: "S065",
  title: "ignore without a reason",
  severity: "warning",
  message: ({ rules }) => `This hides ${rules} and does not say why.`,
  help: ({ found, rules, text }) =>
    text === undefined
      ? `Add the reason behind \`--\`: \`// ${found} ${rules} -- why it may be\`.`
      : `Put \`--\` before the reason: \`// ${found} ${rules} -- ${text}\`.`,
  explanation: dedent(`
    A finding is hidden for a reason, and only the one who hides it knows that reason. Whoever reads the file
    later has to be able to tell whether it still holds. The switch works all the same.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (switches)",
  example: {
    raises: `${SITUATION}scenario "the mapping comes later" {
  // ioasid-ignore P010
  attach wq0 pasid 7 -> gva
}
`,
    avoids: `${SITUATION}scenario "the mapping comes later" {
  // ioasid-ignore P010 -- the guest maps it on its first use
  attach wq0 pasid 7 -> gva
}
`,
  },
});

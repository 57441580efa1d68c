import { ALLOWABLE } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A step that failed and whose every error a switch hides or lowers. `rules` are those, with commas. */
export type HiddenFailure = { rules: string };

const CAN_GO_ON: ReadonlySet<string> = new Set(ALLOWABLE);

const SITUATION = `
iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 { bind nic  ioasid gpa }
`.trimStart();

export const rule: Rule<HiddenFailure> = {
  id: "S070",
  title: "hidden failure",
  severity: "error",
  message: ({ rules }) =>
    `This step fails, and a switch hides or lowers what says why (${rules}). A switch changes what is shown, never what happens.`,
  help: ({ rules }) => {
    const conflict = rules.split(", ").find((id) => id.startsWith("P") && CAN_GO_ON.has(id));
    const otherwise = conflict ? `, or let the engine carry on past it (\`allow ${conflict}\`)` : "";
    return `State the outcome with \`=>\` if it is meant${otherwise}.`;
  },
  explanation: dedent(`
    An ignore, or a level in \`ioasid.config.json\`, changes what is shown. The call was still refused, or the
    assertion still does not hold, so the file is not as stated. A file that could hide this would be green
    and wrong. A failed step therefore always has an error: its own, or this one.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (switches)",
  example: {
    raises: `${SITUATION}scenario "too wide" {
  // ioasid-ignore P003 -- it is meant
  attach nic pasid 0x1_0000 -> gpa
}
`,
    avoids: `${SITUATION}scenario "too wide" {
  attach nic pasid 0x1_0000 -> gpa  => EINVAL
}
`,
  },
});

import { choice, type Fix } from "../fixes/fix.js";
import type { SyntaxFacts } from "../syntax/issues.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<SyntaxFacts["S027"]> = {
  id: "S027",
  title: "unknown VM-exit reason",
  severity: "error",
  message: ({ found }) => `\`${found}\` is not the reason of a VM exit that ENQCMD can cause.`,
  help: () => "Write `vm-exit 72` for ENQCMD, `vm-exit 73` for ENQCMDS, or `vm-exit` alone.",
  fixes: (_, site): readonly Fix[] => {
    const reason = site.node("enqcmds") ? 73 : 72;
    return [choice(`Write \`${reason}\``, site.instead(`${reason}`))];
  },
  explanation: dedent(`
    An invalid PASID translation leaves the guest with exit reason 72 (ENQCMD) or 73 (ENQCMDS).
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (outcomes)",
  example: {
    raises: dedent(`
      cpu { enqcmd  pasid-translation }
      iommu vtd { pasid-width 20  ats }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        process db { pasid 7 }
        ioasid gpa
        bind wq0
        attach wq0 -> gpa
        kvm translation on
        enqcmd db to wq0 read 0x1000 => vm-exit 74
      }
    `),
    avoids: dedent(`
      cpu { enqcmd  pasid-translation }
      iommu vtd { pasid-width 20  ats }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        process db { pasid 7 }
        ioasid gpa
        bind wq0
        attach wq0 -> gpa
        kvm translation on
        enqcmd db to wq0 read 0x1000 => vm-exit 72
      }
    `),
  },
});

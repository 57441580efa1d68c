import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import { hardware, setProperty } from "../fixes/properties.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P009"]> = {
  id: "P009",
  title: "ENQCMD with and without PASID translation",
  severity: "error",
  message: ({ owner, device, plain, mediated }) =>
    `${owner} cannot have ${device} as well: ENQCMD to ${plain} (category 3) needs the CPU's PASID translation off, ENQCMD to ${mediated} (category 5) needs it on, and the CPU has one setting for the whole VM.`,
  help: ({ plain, mediated }) =>
    `Write \`hide enqcmd\` in ${plain} or in ${mediated}, or give the two to different guests.`,
  fixes: ({ plain, mediated }, site): readonly Fix[] =>
    [plain, mediated].flatMap((device) => {
      const declared = hardware(site, ["pdev", "mdev"], device);
      if (!declared) return [];
      return [
        choice(`Hide ENQCMD of ${device} from the guest`, setProperty(site, declared, "hide", "enqcmd")),
      ];
    }),
  explanation: dedent(`
    PASID translation of ENQCMD is a control of the VM: on or off for every vCPU and every device. A
    category-3 function puts the guest's number on the wire, and the guest's table is installed under that
    number; a category-5 device needs the number that the host allocated.

    With translation on, the shared queue of the category-3 function receives the pPASID that was made for
    the other device, and its work meets a wrong table or a fault. Three ways out were considered and
    rejected: to mediate the dedicated queue of the function too, to give the guest host PASIDs (which
    breaks migration), and to install both numbers (which conflicts with interrupt entries tagged by
    PASID).

    Everything else may be mixed freely, for example category 5 with a category-3 device without ENQCMD.
  `),
  errno: ["EOPNOTSUPP"],
  categories: [3, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §4 scenario 3, RFC v2 §1.4.3; EOPNOTSUPP is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      pdev vf at e7:01.0 behind vtd { category 3  pasid-width 20  enqcmd }
      guest vm0 {
        bind wq0
        bind vf
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      pdev vf at e7:01.0 behind vtd { category 3  pasid-width 20  enqcmd  hide enqcmd }
      guest vm0 {
        bind wq0
        bind vf
      }
    `),
  },
});

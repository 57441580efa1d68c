import type { RefusalArguments } from "../../simulator/index.js";
import { giveCpu } from "../fixes/properties.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U032"]> = {
  id: "U032",
  title: "CPU without PASID translation",
  severity: "error",
  message: ({ owner }) => `PASID translation cannot be used for ${owner}: the host CPU does not have it.`,
  help: () =>
    `Write \`cpu { enqcmd  pasid-translation }\` if the host has it; without it, a shared queue cannot be given to a guest.`,
  fixes: (_, site) => giveCpu(site),
  explanation: dedent(`
    The translation of vPASIDs in ENQCMD is a feature of the VMX hardware of its own. A CPU may execute
    ENQCMD in the host and still have no way to translate the PASID of a guest.
  `),
  errno: ["EOPNOTSUPP"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "RFC v2 (KVM_CAP_PASID_TRANSLATION); VMX secondary control 21",
  example: {
    raises: dedent(`
      cpu { enqcmd }
      guest vm0 { kvm translation on }
    `),
    avoids: dedent(`
      cpu { enqcmd  pasid-translation }
      guest vm0 { kvm translation on }
    `),
  },
});

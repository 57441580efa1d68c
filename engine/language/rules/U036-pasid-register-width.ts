import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U036"]> = {
  id: "U036",
  title: "PASID beyond IA32_PASID",
  severity: "error",
  message: ({ process, pasid }) =>
    `${process} cannot have PASID ${pasidText(pasid)} in IA32_PASID: the register holds 20 bits (0 to 0xfffff).`,
  help: ({ process }) => `Choose a PASID of at most 0xfffff for ${process}.`,
  explanation: dedent(`
    IA32_PASID has the PASID in bits 19:0 and its valid bit in bit 31; the rest is reserved. A write of a
    reserved bit faults in the guest.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "IA32_PASID (MSR 0xd93), bits 19:0",
  example: {
    raises: dedent(`
      guest vm0 {
        process db { }
        set-pasid db 0x10_0000
      }
    `),
    avoids: dedent(`
      guest vm0 {
        process db { }
        set-pasid db 0xf_ffff
      }
    `),
  },
});

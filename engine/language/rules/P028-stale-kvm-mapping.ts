import type { RefusalArguments } from "../../simulator/index.js";
import { moveOrWrite } from "../fixes/common.js";
import type { Fix } from "../fixes/fix.js";
import { pasidOf } from "../fixes/pasids.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P028"]> = {
  id: "P028",
  title: "detach under a KVM mapping",
  severity: "error",
  message: ({ device, pasid, space, owner, physical }) =>
    `vPASID ${pasidText(pasid)} of ${device} cannot be detached from ${space}: KVM still translates it to pPASID ${pasidText(physical)} for ${owner}, and another space could get that number next.`,
  help: ({ device, pasid, owner }) =>
    `Write \`kvm unmap ${owner} pasid ${pasidText(pasid)}\` before ${device} is detached.`,
  fixes: ({ pasid, owner }, site): readonly Fix[] => {
    const call = site.statement("detach", "unbind", "unmap", "free");
    if (!call) return [];
    const name = call.block?.kind === "scenario" ? ` ${owner}` : "";
    const unmap = site.later(call, "kvm-unmap", (node) => pasidOf(node.pasid?.number) === pasid);
    return moveOrWrite(site, call, unmap, `kvm unmap${name} pasid ${pasidText(pasid)}`);
  },
  explanation: dedent(`
    The detach gives the pPASID back, and the next allocation may hand it to a space of somebody else. A
    translation that is still in the CPU's table would then let the guest reach that space with a single
    ENQCMD. The RFC does not say who removes the entry; here the VMM has to, in the order in which it
    built the path: first the CPU's entry, then the attach.
  `),
  errno: ["EBUSY"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §5.5, derived; EBUSY is a choice",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        bind wq0
        ioasid gpa
        attach wq0 -> gpa
        ioasid gva on gpa page-table
        attach wq0 pasid 7 -> gva
        kvm map pasid 7 -> gva
        detach wq0 pasid 7 from gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        bind wq0
        ioasid gpa
        attach wq0 -> gpa
        ioasid gva on gpa page-table
        attach wq0 pasid 7 -> gva
        kvm map pasid 7 -> gva
        kvm unmap pasid 7
        detach wq0 pasid 7 from gva
      }
    `),
  },
});

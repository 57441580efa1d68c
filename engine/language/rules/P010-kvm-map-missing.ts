import type { RefusalArguments } from "../../simulator/index.js";
import { type Fix, safeFix } from "../fixes/fix.js";
import { mapBefore } from "../fixes/kvm.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P010"]> = {
  id: "P010",
  title: "missing KVM PASID mapping",
  severity: "error",
  severityOf: ({ blocked }) => (blocked ? "error" : "warning"),
  message: ({ owner, device, pasid, space, blocked }) => {
    const way = space === undefined ? device : `${space} through ${device}`;
    return blocked
      ? `ENQCMD with vPASID ${pasidText(pasid)} does not reach ${way}: the CPU's PASID translation is off for ${owner}, so the portal of the shared queue stays closed.`
      : `ENQCMD with vPASID ${pasidText(pasid)} does not reach ${way}: ${owner} has no KVM mapping for it, so the CPU leaves the guest with a VM exit instead.`;
  },
  help: ({ owner, device, pasid, space, blocked }) => {
    const number = pasidText(pasid);
    const attach = space === undefined ? `\`attach ${device} pasid ${number} -> SPACE\` and then ` : "";
    const map = `Write ${attach}\`kvm map pasid ${number} -> ${space ?? "SPACE"}\`${attach ? "" : " after the attach"}`;
    return blocked
      ? `${map}; the first mapping turns the translation on, and \`kvm translation ${owner} on\` does where a statement turned it off.`
      : `${map}.`;
  },
  fixes: ({ owner, device, pasid, blocked }, site): readonly Fix[] => {
    // A mapping would be refused for the same reason (U032), and C004 says what the host lacks.
    if (!site.platform.cpu.pasidTranslation) return [];
    const instruction = site.statement("enqcmd", "enqcmds");
    if (instruction) return mapBefore(site, instruction, owner, device, pasid, blocked);
    const attach = site.statement("attach");
    if (!attach?.node.space) return [];
    const space = site.text({ ...attach.node.space, file: attach.file });
    const call = `kvm map pasid ${pasidText(pasid)} -> ${space}`;
    return [safeFix(`Write \`${call}\` after \`${site.name(attach)}\``, site.after(attach, call))];
  },
  explanation: dedent(`
    The shared queue of a category-5 device takes the PASID that comes with the ENQCMD payload. Nobody in
    the device translates it, so the CPU must: KVM fills a table per VM, and the VMM asks for each entry
    with KVM_MAP_PASID after the attach that allocated the pPASID.

    Without an entry, ENQCMD causes VM exit 72 and ENQCMDS exit 73, and nothing is on the wire. Before
    translation is on at all, the guest must not have access to the portal: an untranslated vPASID would
    hit somebody else's entry in the table of the shared parent. An attach whose mapping is missing at the
    end of the start state is a warning, since the guest may never use the queue; ENQCMD that meets the
    gap is what shows it.
  `),
  categories: [5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.3 and §5.5, RFC v2 §1.4.2",
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
      }
    `),
  },
});

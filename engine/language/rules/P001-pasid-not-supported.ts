import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix, safeFix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** Why a device of a category takes no PASID of the guest. */
const REASONS: Readonly<Record<number, string>> = {
  0: "cannot send a PASID at all",
  1: "moves its data in software, without a PASID",
  2: "has one PASID, which its driver on the host chose and the guest cannot change",
};

export const rule: Rule<RefusalArguments["P001"]> = {
  id: "P001",
  title: "vPASID for a device without PASID",
  severity: "error",
  message: ({ device, category, pasid, hidden }) =>
    hidden
      ? `${device} cannot be attached with vPASID ${pasidText(pasid)}: its PASID capability is hidden, so the guest sees a device without PASIDs, although it is of category ${category}.`
      : `${device} cannot be attached with vPASID ${pasidText(pasid)}: it is of category ${category}, and ${REASONS[category] ?? "reports no PASID support"}.`,
  help: ({ device, hidden }) =>
    hidden
      ? `Show the capability to the guest (leave \`hide pasid\` out; vfio-pci hides it on a real host, and the VMM has to build it from what GET_HW_INFO reports), or attach ${device} without \`pasid\`.`
      : `Attach ${device} without \`pasid\`, so that all its requests use its default space; PASIDs of the guest, and so SVA in the guest, need a device of category 3, 4 or 5.`,
  fixes: ({ device }, site): readonly Fix[] => {
    const attach = site.statement("attach");
    const { pasid } = attach?.node ?? {};
    if (!attach || !pasid) return [];
    const { physical } = attach.node;
    const edit = site.removePart(attach.file, { start: pasid.start, end: physical?.end ?? pasid.end });
    // Where it has a default space already, its requests would go to another one afterwards.
    const others = site.all("attach").filter(({ node }) => node.device?.text === device).length > 1;
    return [(others ? choice : safeFix)(`Attach ${device} without a vPASID`, edit)];
  },
  explanation: dedent(`
    Devices of categories 0 to 2 do not use vPASIDs at all. Category 0 cannot issue a PASID, category 1
    is a mediated device without one, and category 2 is programmed with one PASID by its driver, which
    the guest neither sees nor chooses.

    A PASID in the attach call would promise a routing that the device can never put on the wire. VFIO
    answers EOPNOTSUPP, since such a driver has no operation for it; a physical function whose PASID
    capability has no width gets EINVAL from the IOMMU core.
  `),
  errno: ["EOPNOTSUPP", "EINVAL"],
  categories: [0, 1, 2],
};

export const page = (): RulePage => ({
  source: "[T-KT-0603] (categories 0 to 2 report no PASID support); iommu_attach_device_pasid",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
    `),
  },
});

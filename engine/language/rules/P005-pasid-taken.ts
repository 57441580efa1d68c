import type { RefusalArguments } from "../../simulator/index.js";
import { detachFirst, removeCall } from "../fixes/common.js";
import { choice, type Fix } from "../fixes/fix.js";
import { lowestFreePasid } from "../fixes/pasids.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["P005"]> = {
  id: "P005",
  title: "vPASID attached already",
  severity: "error",
  message: ({ device, pasid, space, current }) =>
    space === current
      ? `vPASID ${pasidText(pasid)} of ${device} is attached to ${space} already.`
      : `vPASID ${pasidText(pasid)} of ${device} cannot go to ${space}: it is attached to ${current} already.`,
  help: ({ device, pasid, space, current }) =>
    space === current
      ? `Remove the second attach, or use another vPASID than ${pasidText(pasid)}.`
      : `Detach vPASID ${pasidText(pasid)} of ${device} from ${current} first, or use another vPASID for ${space}.`,
  fixes: ({ space, current }, site): readonly Fix[] => {
    const attach = site.statement("attach");
    const number = attach?.node.pasid?.number;
    if (!attach || !number) return [];
    if (space === current) return removeCall(site, "which changes nothing", true);
    const free = lowestFreePasid(site, attach);
    const other =
      free === undefined
        ? []
        : [choice(`Use vPASID ${free}, the lowest free one`, site.replace(attach.file, number, `${free}`))];
    return [...other, ...detachFirst(site, attach, site.related("attach"))];
  },
  explanation: dedent(`
    A vPASID names one address space of one device. The same number may name another space on another
    device, and one space may have many numbers, but a device that finds one number on two spaces could
    not tell which of them a request means.

    iommufd answers EBUSY too, and has a separate replace operation for the change in one step.
  `),
  errno: ["EBUSY"],
  categories: [3, 4, 5],
};

export const page = (): RulePage => ({
  source: 'iommufd selftest pasid_attach (EBUSY, "use REPLACE")',
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva0 on gpa page-table
        ioasid gva1 on gpa page-table
        attach nic pasid 7 -> gva0
        attach nic pasid 7 -> gva1
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva0 on gpa page-table
        ioasid gva1 on gpa page-table
        attach nic pasid 7 -> gva0
        attach nic pasid 8 -> gva1
      }
    `),
  },
});

import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** A vPASID that the guest programs, and the pPASID that its driver has to store. */
export type InterruptPasid = { device: string; pasid: number; physical: number };

export const rule: Rule<InterruptPasid> = {
  id: "P030",
  title: "PASID of interrupt entries",
  severity: "information",
  message: ({ device, pasid, physical }) =>
    `The guest writes vPASID ${pasidText(pasid)} into the interrupt entries of ${device}; its driver must store pPASID ${pasidText(physical)} there, since that is the number in the device.`,
  help: ({ device }) =>
    `Convert the PASID of an interrupt entry of ${device} by the same table as the PASID of a queue.`,
  explanation: dedent(`
    Devices with Interrupt Message Storage tag an entry with the PASID that may raise it. The guest knows
    its vPASID only and programs that, while the device compares with the PASID on the wire. The driver
    that mediates the entry has to put the pPASID there.

    It is a fact about every attach of categories 4 and 5 with a vPASID, so no file is marked with it:
    this page and \`ioasid explain\` are where it is said.
  `),
  categories: [4, 5],
};

export const page = (): RulePage => ({
  source: "a category-5 driver of 2021 (vidxd_set_ims_pasid)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
        ioasid gva on gpa page-table
        attach q0 pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
      mdev q0 on dsa { category 4 }
      guest vm0 {
        bind q0
        ioasid gpa
        attach q0 -> gpa
      }
    `),
  },
});

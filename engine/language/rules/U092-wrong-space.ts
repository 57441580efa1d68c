import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** The space that a request reached, and the one that its owner attached for it, if any. */
export type WrongSpace = {
  device: string;
  pasid: number | undefined;
  reached: string;
  registered: string | undefined;
};

export const rule: Rule<WrongSpace> = {
  id: "U092",
  title: "other space than the registered one",
  severity: "error",
  message: ({ device, pasid, reached, registered }) =>
    `${pasid === undefined ? `A request of ${device} without a PASID` : `vPASID ${pasidText(pasid)} of ${device}`} reached ${reached}, ${registered === undefined ? "and nothing was attached for it" : `and ${registered} is what was attached for it`}: isolation is broken.`,
  help: ({ device }) =>
    `Look at who translates the PASID of ${device}: the number on the wire has to be the one that its own attach was given.`,
  explanation: dedent(`
    For every device and vPASID the owner states by its attach which space the requests go to. A request
    that is translated by another space, of the same guest or of somebody else, is the failure that all
    the rules about PASIDs exist to prevent.

    It is watched at every DMA. No call refuses it, so it only shows where a rule was set aside with
    \`allow\`, where the hardware was left with stale entries, or where the guest programmed a number
    that is not its own.
  `),
  categories: [3, 4, 5],
};

export const page = (): RulePage => ({
  source: "RFC v1 §4 (why two devices with ENQCMD cannot meet in one guest), isolation",
  example: {
    raises: dedent(`
      // Translation on for a category-5 queue, and a category-3 function whose vPASID 2 is also a pPASID.
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      pdev vf at e7:01.0 behind vtd { category 3  pasid-width 20  enqcmd }
      guest vm0 {
        allow P009
        memory ram at 0x4000_0000 + 1G
        process db { pasid 7 }
        bind wq0  bind vf
        ioasid gpa
        attach wq0 -> gpa  attach vf -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        ioasid other on gpa page-table
        attach wq0 pasid 7 -> gva
        allow P013
        kvm map pasid 7 -> gva
        attach vf pasid 7 -> gva
        attach vf pasid 2 -> other
        pte gva 0x1000 + 4K -> 0x1000
        pte other 0x1000 + 4K -> 0x2000
      }
      scenario "the function receives the pPASID of the queue" {
        enqcmd db to vf write 0x1000         => ram[0x2000] wire 2
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev vf at e7:01.0 behind vtd { category 3  pasid-width 20  enqcmd }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        process db { pasid 7 }
        bind vf
        ioasid gpa
        attach vf -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        ioasid other on gpa page-table
        attach vf pasid 7 -> gva
        attach vf pasid 2 -> other
        pte gva 0x1000 + 4K -> 0x1000
        pte other 0x1000 + 4K -> 0x2000
      }
      scenario "the function receives the vPASID" {
        enqcmd db to vf write 0x1000         => ram[0x1000] wire 7
      }
    `),
  },
});

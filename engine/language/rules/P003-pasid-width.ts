import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { otherPasid, widen } from "../fixes/widths.js";
import type { Rule, RulePage } from "./rule.js";
import { bits, dedent, largestPasid, pasidText } from "./words.js";

/** No PASID has more bits than this, whatever the hardware. */
const MOST_BITS = 20;

export const rule: Rule<RefusalArguments["P003"]> = {
  id: "P003",
  title: "vPASID beyond the PASID width",
  severity: "error",
  message: ({ device, pasid, width, binding }) => {
    const limit = binding === device ? "" : `, and ${binding} has no room for more`;
    return width === 0
      ? `vPASID ${pasidText(pasid)} does not fit: ${device} can use no PASIDs at all, because ${binding === device ? "it" : binding} has none.`
      : `vPASID ${pasidText(pasid)} does not fit: ${device} can use PASIDs of ${bits(width)} (0 to ${largestPasid(width)})${limit}.`;
  },
  help: ({ device, width, binding }) =>
    width === 0
      ? `Attach ${device} without \`pasid\`, or give ${binding} PASIDs: a \`pasid-width\` of 1 or more, where the hardware or the VMM can.`
      : `Choose a vPASID of at most ${largestPasid(width)} for ${device}${width < MOST_BITS ? `, or write a larger \`pasid-width\` in ${binding}, if it can have one` : ""}.`,
  fixes: ({ device, pasid }, site): readonly Fix[] => [
    ...otherPasid(site, pasid),
    ...widen(site, device, pasid),
  ],
  explanation: dedent(`
    A PASID has to pass every part on its way: the device that sends it, the IOMMU that indexes its PASID
    table with it, and the virtual IOMMU that told the guest how many there are. The narrowest of them
    decides, and no PASID has more than 20 bits.

    A number beyond the width would never reach the slot it was registered for. The kernel compares the
    PASID with the \`max_pasids\` of the device, which is the smaller one of PCI capability and IOMMU.
  `),
  errno: ["EINVAL"],
  categories: [3, 4, 5],
};

export const page = (): RulePage => ({
  source: "iommu_attach_device_pasid (pasid >= max_pasids); PCIe PASID capability, 20 bits at most",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        bind nic
        ioasid gpa
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 0x1_0000 -> gva
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
        attach nic pasid 0xffff -> gva
      }
    `),
  },
});

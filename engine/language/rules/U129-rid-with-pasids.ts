import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U129"]> = {
  id: "U129",
  title: "RID attach without PASID beside attached PASIDs",
  severity: "error",
  message: ({ device, hwpt, pasid, auto }) =>
    `The RID of ${device} cannot use ${hwpt}, ${auto ? "which an attach to an IOAS makes" : "which was made"} without the PASID flag, while PASID ${pasidText(pasid)} is attached.`,
  help: () => "Use a page table that is made with `pasid`, or detach the PASIDs first.",
  explanation: dedent(`
    While PASIDs of a device are attached, its RID stays on page tables in the format for PASIDs.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_pasid_compat (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt gva on io for nic pasid
        attach nic pasid 7 -> gva
        attach nic -> io
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt gva on io for nic pasid
        attach nic pasid 7 -> gva
        attach nic -> gva
      }
    `),
  },
});

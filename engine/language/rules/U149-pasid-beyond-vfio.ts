import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U149"]> = {
  id: "U149",
  title: "PASID that VFIO cannot note",
  severity: "error",
  message: ({ device, pasid }) =>
    `PASID ${pasidText(pasid)} cannot be attached to ${device}: VFIO keeps the attached numbers of a device as integers below 0x80000000.`,
  help: () => "Use a PASID that the device can send, of at most 20 bits.",
  explanation: dedent(`
    Before VFIO asks iommufd for an attach it notes the PASID in a set of numbers of 31 bits (an ida). A larger
    one finds no room there, which is ENOSPC, and no rule about PASIDs is asked. Numbers that fit, and are
    larger than the device can send, come to U130.
  `),
  errno: ["ENOSPC"],
};

export const page = (): RulePage => ({
  source: "vfio_iommufd_physical_pasid_attach_ioas (drivers/vfio/iommufd.c), ida_alloc_range",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for nic pasid
        attach nic -> table
        attach nic pasid 0x8000_0000 -> table
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for nic pasid
        attach nic -> table
        attach nic pasid 0x8000 -> table
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U132"]> = {
  id: "U132",
  title: "page table that the IOMMU of the device cannot walk",
  severity: "error",
  message: ({ device, pasid, hwpt, reason }) =>
    `${device} cannot use ${hwpt}${pasid === 0 ? "" : ` at PASID ${pasidText(pasid)}`}: ${reason}.`,
  help: ({ device, pasid }) =>
    pasid === 0
      ? `Make a page table for ${device}, or attach to the IOAS and let the kernel make one.`
      : `Make a page table for ${device}, with \`pasid\`.`,
  explanation: dedent(`
    A page table is made for the IOMMU of one device. Another device may use it when the driver is the same
    and its IOMMU can walk it: format, width, nesting, dirty tracking. EINVAL means "not this table": an
    attach to the IOAS looks for another one, or makes it.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "the attach operation of the IOMMU driver",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu wide { pasid-width 20  address-width 57 }
      iommu narrow { pasid-width 20  address-width 48 }
      pdev nic at 3b:00.0 behind wide { category 3  pasid-width 16 }
      pdev gpu at 5e:00.0 behind narrow { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        bind gpu
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for nic
        attach nic -> table
        attach gpu -> table
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu wide { pasid-width 20  address-width 57 }
      iommu narrow { pasid-width 20  address-width 48 }
      pdev nic at 3b:00.0 behind wide { category 3  pasid-width 16 }
      pdev gpu at 5e:00.0 behind narrow { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        bind gpu
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for nic
        attach nic -> table
        attach gpu -> io
      }
    `),
  },
});

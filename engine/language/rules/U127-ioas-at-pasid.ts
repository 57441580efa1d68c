import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U127"]> = {
  id: "U127",
  title: "PASID attach to an IOAS",
  severity: "error",
  message: ({ device, pasid, ioas }) =>
    `${device} cannot be attached to the IOAS ${ioas} at PASID ${pasidText(pasid)}: the page table that the kernel makes for an IOAS is never made for PASIDs.`,
  help: ({ device, ioas }) =>
    `Make one by hand, \`hwpt NAME on ${ioas} for ${device} pasid\`, and attach to that.`,
  explanation: dedent(`
    For an attach to an IOAS the kernel finds or makes a page table, without any flag. Such a table takes no
    PASID, so an IOAS can be attached to the RID alone.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_device_auto_get_domain, iommufd_hwpt_pasid_compat (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt rid on io for nic pasid
        attach nic -> rid
        attach nic pasid 7 -> io
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
        hwpt rid on io for nic pasid
        attach nic -> rid
        attach nic pasid 7 -> rid
      }
    `),
  },
});

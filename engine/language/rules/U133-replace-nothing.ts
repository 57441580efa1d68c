import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U133"]> = {
  id: "U133",
  title: "replace of what is not attached",
  severity: "error",
  message: ({ device, pasid }) =>
    `${device} has nothing attached${pasid === 0 ? " to its RID" : ` at PASID ${pasidText(pasid)}`}, so there is nothing to replace.`,
  help: () => "Write `attach`.",
  explanation: dedent(`
    A replace moves a device from one page table to another. Where the device itself is not attached, it is
    EINVAL, also when another device of its group is.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_device_do_replace (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        replace nic -> io
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
        attach nic -> io
      }
    `),
  },
});

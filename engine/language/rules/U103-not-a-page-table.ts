import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U103"]> = {
  id: "U103",
  title: "attach to what is no page table",
  severity: "error",
  message: ({ device, object, type }) => `${device} cannot be attached to ${object}, which is ${type}.`,
  help: () => "Attach to an IOAS, or to an HWPT.",
  explanation: dedent(`
    A device is attached to a page table. An IOAS will do as well: the kernel then finds or makes a page table
    of it that fits the device. Every other object is refused.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_device_change_pt (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        fault-queue faults
        attach nic -> faults
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

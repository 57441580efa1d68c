import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U147"]> = {
  id: "U147",
  title: "device that is bound already",
  severity: "error",
  message: ({ device, owner, current }) =>
    owner === current
      ? `${device} is bound to ${owner} already.`
      : `${device} cannot be bound to ${owner}: ${current} has it.`,
  help: () => "A device has one context at a time; unbind it first.",
  explanation: dedent(`
    The file of a VFIO device is bound to one iommufd, once.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "vfio_df_ioctl_bind_iommufd (drivers/vfio/device_cdev.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        bind nic
        ioas io { map 0x0 + 1G -> ram }
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
        attach nic -> io
      }
    `),
  },
});

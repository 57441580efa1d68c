import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U144"]> = {
  id: "U144",
  title: "device that is not bound to the context",
  severity: "error",
  message: ({ device, owner, call }) =>
    `${call} needs ${device} bound to the iommufd of ${owner}, and it is not.`,
  help: ({ device }) => `Write \`bind ${device}\` first.`,
  explanation: dedent(`
    VFIO_DEVICE_BIND_IOMMUFD gives a device an id in a context. Without one, no call can name it.
  `),
  errno: ["ENOENT"],
};

export const page = (): RulePage => ({
  source: "iommufd_get_device (iommufd_private.h)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
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

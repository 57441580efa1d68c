import { attachToRoot } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A device that an owner binds and attaches to nothing. */
export type DeviceNeverAttached = { device: string; owner: string };

export const rule: Rule<DeviceNeverAttached> = {
  id: "U097",
  title: "device bound and never attached",
  severity: "warning",
  message: ({ device, owner }) =>
    `${device} is bound to ${owner} and never attached to a space, so every request of it is blocked.`,
  help: ({ device }) => `Write \`attach ${device} -> SPACE\`, or leave the bind out.`,
  fixes: ({ device }, site) => attachToRoot(site, device),
  explanation: dedent(`
    Binding gives a device to an owner and blocks its requests; only the attach says which space they are
    translated by. A device that is bound alone can do nothing, and its owner sees faults.

    It is not said of a device that a scenario works with, nor where its owner has no space at all.
  `),
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.2: a device is in a blocked state between VFIO_BIND_IOASID_FD and the first attach",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      pdev disk at 3c:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        bind disk
        ioasid gpa
        attach nic -> gpa
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      pdev disk at 3c:00.0 behind vtd { category 0 }
      guest vm0 {
        bind nic
        bind disk
        ioasid gpa
        attach nic -> gpa
        attach disk -> gpa
      }
    `),
  },
});

import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U148"]> = {
  id: "U148",
  title: "fault queue for a VF that shares page requests",
  severity: "error",
  message: ({ device, hwpt, queue, physical }) =>
    `${device} cannot use ${hwpt}: its page requests would go to ${queue}, and ${device} is a VF that shares the page request interface of ${physical}.`,
  help: ({ device, physical }) =>
    `Attach ${device} to a page table without a fault queue, whose memory is mapped beforehand, or give the guest ${physical} itself.`,
  explanation: dedent(`
    The PCI page request interface belongs to the PF, and all of its VFs use it. A response of "failure" stops
    it for every one of them until it is reset, and nothing coordinates that between the VMMs that have them.
    So the kernel lets no VF with page requests onto a page table that has a fault queue, at its RID or at a
    PASID, by attach or by replace. It asks this of the first device of a group, before anything about PASIDs.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_compatible_device (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
      pdev vf at 3b:00.1 { vf of nic  category 3 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind vf
        ioas io { map 0x0 + 1G -> ram }
        fault-queue faults
        hwpt table on io for vf fault faults
        attach vf -> table
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
      pdev vf at 3b:00.1 { vf of nic  category 3 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind vf
        ioas io { map 0x0 + 1G -> ram }
        hwpt table on io for vf
        attach vf -> table
      }
    `),
  },
});

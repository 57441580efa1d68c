import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U145"]> = {
  id: "U145",
  title: "KVM call that no kernel has",
  severity: "error",
  message: ({ call }) =>
    `There is no ${call} in any released kernel: KVM does not translate the PASID of ENQCMD.`,
  help: () => "Leave it out: a shared queue of category 5 takes no work from a guest today.",
  explanation: dedent(`
    The RFC of 2021 proposed KVM_MAP_PASID for the PASID translation of VMX. A second form, with a set of
    PASIDs that a process may use, was discussed in April 2022. Neither was merged, and KVM does not expose
    ENQCMD to guests. What a VMM does instead is to give the guest a function of its own, or a queue whose
    PASID the driver fixes.
  `),
  errno: ["ENOTTY"],
  categories: [5],
};

export const page = (): RulePage => ({
  source: "arch/x86/kvm of Linux 7.3, where there is none",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind wq0
        ioas io { map 0x0 + 1G -> ram }
        hwpt gva on io for wq0 pasid
        attach wq0 pasid 7 -> gva
        kvm map pasid 7 -> gva
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20 }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind wq0
        ioas io { map 0x0 + 1G -> ram }
        hwpt gva on io for wq0 pasid
        attach wq0 pasid 7 -> gva
      }
    `),
  },
});

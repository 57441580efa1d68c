import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U124"]> = {
  id: "U124",
  title: "page table that the group has not",
  severity: "error",
  message: ({ device, pasid, hwpt, current }) =>
    `${device} cannot be attached to ${hwpt}${at(pasid)}: its IOMMU group is on ${current} there, and all devices of a group share one page table.`,
  help: ({ current }) => `Attach it to ${current}, or replace that for the group.`,
  explanation: dedent(`
    The devices of an IOMMU group cannot be told apart by the fabric, so the first one that is attached decides
    for all of them, at each PASID. The others are attached one by one to the same table.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_hw_pagetable_attach (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev aux at 3b:00.1 behind vtd { category 3  pasid-width 16 }
      group pair { nic aux }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        bind aux
        ioas io { map 0x0 + 1G -> ram }
        ioas other { map 0x0 + 1G -> ram }
        hwpt one on io for nic
        hwpt two on other for nic
        attach nic -> one
        attach aux -> two
      }
    `),
    avoids: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      pdev aux at 3b:00.1 behind vtd { category 3  pasid-width 16 }
      group pair { nic aux }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        bind aux
        ioas io { map 0x0 + 1G -> ram }
        hwpt one on io for nic
        attach nic -> one
        attach aux -> one
      }
    `),
  },
});

function at(pasid: number): string {
  return pasid === 0 ? "" : ` at PASID ${pasidText(pasid)}`;
}

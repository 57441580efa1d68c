import type { RefusalArguments } from "../../simulator/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

export const rule: Rule<RefusalArguments["U128"]> = {
  id: "U128",
  title: "PASID attach beside a RID whose page table takes none",
  severity: "error",
  message: ({ device, pasid, hwpt, auto }) =>
    `${device} cannot use PASID ${pasidText(pasid)}: its RID is on ${hwpt}, which was ${auto ? "made by an attach to an IOAS and so" : "made"} without the PASID flag.`,
  help: ({ device }) => `Replace the RID of ${device} by a page table that is made with \`pasid\`.`,
  explanation: dedent(`
    A device that uses PASIDs has all its page tables in the format for PASIDs, that of its RID included. The
    cause is not the table that is being attached, so the bare EINVAL is hard to read.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "iommufd_hwpt_pasid_compat (device.c)",
  example: {
    raises: dedent(`
      uapi iommufd
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioas io { map 0x0 + 1G -> ram }
        hwpt gva on io for nic pasid
        attach nic -> io
        attach nic pasid 7 -> gva
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
        hwpt gva on io for nic pasid
        attach nic -> gva
        attach nic pasid 7 -> gva
      }
    `),
  },
});

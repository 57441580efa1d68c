import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { allowSva } from "../fixes/properties.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, sentence } from "./words.js";

export const rule: Rule<RefusalArguments["U035"]> = {
  id: "U035",
  title: "host SVA not possible",
  severity: "error",
  message: ({ device, reason }) =>
    sentence(`The process cannot share its address space with ${device}: ${reason}`),
  help: ({ device }) =>
    `${device} and its IOMMU both need PASIDs, ATS and page requests (on an Intel host: scalable mode, \`intel_iommu=on,sm_on\`, and firmware that offers it), and ${device} must be bound to no guest.`,
  fixes: ({ device }, site): readonly Fix[] => allowSva(site, device),
  explanation: dedent(`
    Shared virtual addressing gives a device the page table of a process under a PASID. Pages of the
    process come and go, so besides the PASID it takes translation requests and page requests, on the
    device and on the IOMMU.
  `),
  errno: ["ENODEV", "EINVAL", "EBUSY"],
};

export const page = (): RulePage => ({
  source: "iommu_sva_bind_device",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { }
      native app {
        memory heap at 0x4000_0000 + 1M
        sva nic
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  ats  page-requests }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests }
      native app {
        memory heap at 0x4000_0000 + 1M
        sva dsa
      }
    `),
  },
});

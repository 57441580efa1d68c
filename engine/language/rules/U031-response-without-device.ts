import type { RefusalArguments } from "../../simulator/index.js";
import { attachedAt } from "../fixes/attached.js";
import { choice, type Fix } from "../fixes/fix.js";
import { pasidWords } from "../fixes/moves.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U031"]> = {
  id: "U031",
  title: "page response without a device",
  severity: "error",
  message: ({ space }) =>
    `A page response on ${space} must say which device it answers: in uAPI v2 a fault carries the cookie of its device, and so does the response.`,
  help: ({ space }) => `Write \`respond ${space} ADDRESS success for DEVICE pasid N\`.`,
  fixes: ({ space }, site): readonly Fix[] => {
    const call = site.statement("respond");
    const response = call?.node.response;
    if (!call || !response) return [];
    return attachedAt(site, call, (node) => node.space?.text === space).map(({ node }) => {
      const words = `for ${node.device?.text}${pasidWords(node.pasid)}`;
      return choice(
        `Respond ${words}`,
        site.replace(call.file, { start: response.end, end: response.end }, ` ${words}`),
      );
    });
  },
  explanation: dedent(`
    In RFC v1 a fault was reported per space, and one answer completed everything that waited at an
    address. The review asked which devices that resumes; v2 gives each fault the cookie of its device,
    and each response names one.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v2 (device cookie in fault and response)",
  example: {
    raises: dedent(`
      uapi v2
      iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
        dma nic pasid 7 read 0x1000          => page-request
        pte gva 0x1000 + 4K -> 0x2000
        respond gva 0x1000 success
      }
    `),
    avoids: dedent(`
      uapi v2
      iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
        dma nic pasid 7 read 0x1000          => page-request
        pte gva 0x1000 + 4K -> 0x2000
        respond gva 0x1000 success for nic pasid 7
      }
    `),
  },
});

import { formatRange } from "../../address/index.js";
import type { RefusalArguments } from "../../simulator/index.js";
import type { Fix } from "../fixes/fix.js";
import { mapAround } from "../fixes/ranges.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["U002"]> = {
  id: "U002",
  title: "mapping in a reserved range",
  severity: "error",
  message: ({ space, range, reserved, iommu }) =>
    `${range} cannot be mapped in ${space}: ${iommu} reserves ${reserved}, and requests there never reach the page table.`,
  help: ({ reserved, iommu }) => `Map around ${reserved}, the range that ${iommu} keeps for itself.`,
  fixes: ({ reserved, iommu }, site): readonly Fix[] => {
    const call = site.statement("map");
    const holes = site.platform.iommus.find(({ name }) => name === iommu)?.reserved;
    const hole = holes?.find((range) => formatRange(range) === reserved);
    return call && hole ? mapAround(site, call, hole) : [];
  },
  explanation: dedent(`
    Some addresses mean something else to the hardware before any translation, the MSI window above all.
    A mapping there would be ignored by the IOMMU, so the kernel refuses it and reports such ranges as an
    attribute of the space.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_GET_INFO), iommufd IOAS_MAP",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0xfee0_0000 + 4K -> ram[0x0 + 4K]
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  reserved 0xfee0_0000 + 1M }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0xfef0_0000 + 4K -> ram[0x0 + 4K]
      }
    `),
  },
});

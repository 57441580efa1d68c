import { removeCall } from "../fixes/common.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A mapping of the start state that no request of a run touches. */
export type MappingUnused = { space: string; owner: string };

export const rule: Rule<MappingUnused> = {
  id: "U095",
  title: "mapping that nothing uses",
  severity: "information",
  message: ({ space, owner }) =>
    `No request of any scenario goes through this mapping of ${space} in ${owner}, while others of the same space are used.`,
  help: () =>
    "Leave it out, or add a `dma` that shows what it is for; a wrong address often looks like this.",
  fixes: (_, site) => removeCall(site, "which nothing uses", false),
  explanation: dedent(`
    A mapping that is never used is memory that a device can reach for nothing. It is often a leftover, and
    sometimes a slip: the address that was mapped is not the one that the devices use.

    It is said only where the file has requests that use another mapping of the same space. A request
    counts whatever came of it, and \`assert isolated\` and \`assert reaches\` use every mapping of the
    owners that they are about.
  `),
};

export const page = (): RulePage => ({
  source: "no rule of the kernel; a mapping costs pinned memory and widens what a device can reach",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        map gpa 0x100_0000 + 1M -> ram[0x10_0000 + 1M]
      }
      scenario "read" {
        dma nic read 0x1000                  => ram[0x1000]
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1M -> ram[0x0 + 1M]
        map gpa 0x10_0000 + 1M -> ram[0x10_0000 + 1M]
      }
      scenario "read" {
        dma nic read 0x1000                  => ram[0x1000]
        dma nic read 0x10_0000               => ram[0x10_0000]
      }
    `),
  },
});

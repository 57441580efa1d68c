import { choice, type Fix, safeFix } from "../fixes/fix.js";
import type { Rule } from "./rule.js";
import { dedent } from "./words.js";

/** A cached translation that a changed table no longer gives, at the end of a scenario. */
export type StaleAtEnd = { space: string; device: string; address: string };

export const rule: Rule<StaleAtEnd> = {
  id: "U099",
  title: "change that was never invalidated",
  severity: "warning",
  message: ({ space, device, address }) =>
    `The IOTLB still answers ${device} at ${address} with what ${space} held before this change: nothing tells it to forget that.`,
  help: ({ space }) => `Write \`invalidate ${space}\` after the change.`,
  fixes: (_, site): readonly Fix[] => {
    const change = site.statement("pte");
    const { space, range } = change?.node ?? {};
    if (!change || !space || !range) return [];
    const call = `invalidate ${site.text({ ...space, file: change.file })} ${site.text({ ...range, file: change.file })}`;
    const fix = change.node.outcome ? choice : safeFix;
    return [fix(`Write \`${call}\` after \`${site.name(change)}\``, site.after(change, call))];
  },
  explanation: dedent(`
    Nothing is flushed when a guest edits its own page table. Until the guest asks for it, a translation
    that was walked before may go on to answer, and the device reaches memory that the guest has taken
    away or given to something else. A scenario that ends so has shown a table that the hardware does not
    follow.

    It is told at the last change of the place. Where a request of the scenario was answered so, that is
    said on its own line instead (U093).
  `),
  source: "RFC v1 §2.1 (IOASID_INVALIDATE_CACHE)",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
        pte gva 0x1000 + 4K -> 0x2000
      }
      scenario "the page moves" {
        dma nic pasid 7 read 0x1000          => ram[0x2000]
        pte gva 0x1000 + 4K -> 0x3000
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
        pte gva 0x1000 + 4K -> 0x2000
      }
      scenario "the page moves" {
        dma nic pasid 7 read 0x1000          => ram[0x2000]
        pte gva 0x1000 + 4K -> 0x3000
        invalidate gva 0x1000 + 4K
      }
    `),
  },
};

import type { Rule } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** A cached translation that the tables no longer give. */
export type StaleEntry = { device: string; pasid: number | undefined; space: string };

export const rule: Rule<StaleEntry> = {
  id: "U093",
  title: "stale translation",
  severity: "warning",
  message: ({ device, pasid, space }) =>
    `${pasid === undefined ? `A request of ${device} without a PASID` : `vPASID ${pasidText(pasid)} of ${device}`} was answered from a cached translation of ${space} that the tables no longer give.`,
  help: ({ space }) =>
    `Write \`invalidate ${space}\` after a change of its page table; after a change of an entry that leads to it, invalidate the PASID table.`,
  explanation: dedent(`
    The IOMMU keeps translations it has walked, and entries of PASID tables, until it is told to forget
    them. For a kernel-managed space the kernel does that at each unmap. For a table that the guest
    writes, the guest has to ask for it, and until it does, the old translation may answer or may not.

    The simulated IOTLB forgets nothing on its own, so that a missing invalidation always shows.
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
      scenario "no invalidation" {
        dma nic pasid 7 read 0x1000          => ram[0x2000]
        pte gva 0x1000 + 4K -> 0x3000
        dma nic pasid 7 read 0x1000          => ram[0x2000]
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
      scenario "with invalidation" {
        dma nic pasid 7 read 0x1000          => ram[0x2000]
        pte gva 0x1000 + 4K -> 0x3000
        invalidate gva
        dma nic pasid 7 read 0x1000          => ram[0x3000]
      }
    `),
  },
};

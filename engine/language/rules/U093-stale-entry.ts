import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/** A cached answer that the tables no longer give. `table` is the guest's PASID table, where that was changed. */
export type StaleEntry = {
  device: string;
  pasid: number | undefined;
  space: string;
  table: string | undefined;
};

export const rule: Rule<StaleEntry> = {
  id: "U093",
  title: "stale translation",
  severity: "warning",
  message: ({ device, pasid, space, table }) => {
    const request =
      pasid === undefined
        ? `A request of ${device} without a PASID`
        : `A request of ${device} with vPASID ${pasidText(pasid)}`;
    return table === undefined
      ? `${request} was answered from a cached translation of ${space} that its page table no longer gives.`
      : `${request} was answered by ${space} from a cached PASID-table entry that ${table} no longer holds.`;
  },
  help: ({ space, table }) =>
    `Write \`invalidate ${table ?? space}\` after the change; a write to a guest's table flushes nothing.`,
  fixes: ({ space, table }, site): readonly Fix[] => {
    const request = site.statement("dma", "enqcmd", "enqcmds", "respond");
    if (!request) return [];
    const call = `invalidate ${table ?? space}`;
    return [choice(`Write \`${call}\` before \`${site.name(request)}\``, site.before(request, call))];
  },
  explanation: dedent(`
    The IOMMU keeps translations it has walked, and entries of PASID tables, until it is told to forget
    them. For a kernel-managed space the kernel does that at each unmap. For a table that the guest
    writes, the guest has to ask for it, and until it does, the old translation may answer or may not.

    The simulated IOTLB forgets nothing on its own, so that a missing invalidation always shows. Where the
    request states the outcome that the stale translation gives, its author knows, and this is information.
  `),
};

export const page = (): RulePage => ({
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
        dma nic pasid 7 read 0x1000
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
});

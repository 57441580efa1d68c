import { choice, type Fix, safeFix } from "../fixes/fix.js";
import type { At } from "../syntax/index.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent, pasidText } from "./words.js";

/**
 * What is still cached at the end of a scenario although the guest changed the table that it came from: a
 * translation, with the address that the device would ask for, or an entry of a PASID table, with its PASID;
 * `undefined` for requests without one.
 */
export type StaleAtEnd =
  | { device: string; space: string; address: string; table: undefined; pasid: undefined }
  | { device: string; space: string; address: undefined; table: string; pasid: number | undefined };

export const rule: Rule<StaleAtEnd> = {
  id: "U099",
  title: "change that was never invalidated",
  severity: "warning",
  message: ({ space, device, address, table, pasid }) =>
    table === undefined
      ? `The IOTLB still answers ${device} at ${address} with what ${space} held before this change: nothing tells it to forget that.`
      : `The PASID cache still leads ${requestsOf(device, pasid)} to ${space}, as ${table} did before this change: nothing tells it to forget that.`,
  help: ({ space, table }) => `Write \`invalidate ${table ?? space}\` after the change.`,
  fixes: (_, site): readonly Fix[] => {
    const change = site.statement("pte", "entry");
    if (!change) return [];
    const words = (node: At | undefined) => (node ? ` ${site.text({ ...node, file: change.file })}` : "");
    const call =
      change.node.kind === "pte"
        ? `invalidate${words(change.node.space)}${words(change.node.range)}`
        : `invalidate${words(change.node.table)}`;
    const fix = change.node.outcome ? choice : safeFix;
    return [fix(`Write \`${call}\` after \`${site.name(change)}\``, site.after(change, call))];
  },
  explanation: dedent(`
    Nothing is flushed when a guest edits its own tables. Until the guest asks for it, a translation that
    was walked before may go on to answer, and the device reaches memory that the guest has taken away or
    given to something else. A scenario that ends so has shown a table that the hardware does not follow.

    Two caches are looked at. The IOTLB keeps translations: \`invalidate\` of the page table, all or a
    range, empties it. Where the guest owns the PASID table, the PASID cache keeps the entries that
    requests have used: \`invalidate\` of the PASID table empties that, and the page tables that the
    entries led to are not enough. Entries that were not valid are never cached, so a new one needs no
    invalidation. Where the kernel owns the PASID table, attach and detach invalidate it themselves.

    It is told at the last change of each place. Where a request of the scenario was answered so, that is
    said on its own line instead (U093).
  `),
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_INVALIDATE_CACHE), docs/decisions/0004-iotlb.md",
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
});

function requestsOf(device: string, pasid: number | undefined): string {
  return pasid === undefined
    ? `requests of ${device} without a PASID`
    : `PASID ${pasidText(pasid)} of ${device}`;
}

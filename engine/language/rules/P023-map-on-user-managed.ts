import type { RefusalArguments } from "../../simulator/index.js";
import { choice, type Fix } from "../fixes/fix.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

export const rule: Rule<RefusalArguments["P023"]> = {
  id: "P023",
  title: "map on a user-managed space",
  severity: "error",
  message: ({ space, kind }) => {
    if (kind === "pasid-table")
      return `${space} is a PASID table, which the guest writes and which has no addresses: there is nothing to map or unmap in it.`;
    return kind === "unbound"
      ? `${space} waits for a page table of the guest, so there is nothing for the kernel to map or unmap.`
      : `The kernel does not write the page table of ${space}: the guest does, so there is nothing for it to map or unmap.`;
  },
  help: ({ space, kind }) => {
    if (kind === "pasid-table")
      return `Write \`entry ${space} N -> SPACE\` for a PASID, and \`map\` for the parent or \`pte\` for a page table that an entry leads to.`;
    const bind = kind === "unbound" ? `\`bind-pgtable ${space}\` first, then ` : "";
    return `Write ${bind}\`pte ${space} …\` for what the guest writes in its table, and \`invalidate ${space}\` after a change; \`map\` belongs to the parent.`;
  },
  fixes: ({ kind }, site): readonly Fix[] => {
    const call = site.statement("map");
    if (!call || kind !== "page-table") return [];
    const { start } = call.node;
    return [
      choice(
        "Write `pte`, for the guest's own table",
        site.replace(call.file, { start, end: start + 3 }, "pte"),
      ),
    ];
  },
  explanation: dedent(`
    A space is filled in one of two ways. Either the kernel builds its table from map and unmap calls, or
    the user builds it and binds it. On a child with hardware nesting it is the second: the IOMMU walks
    the guest's own table, and a map call would have to write into memory that belongs to the guest.
  `),
  errno: ["EINVAL"],
};

export const page = (): RulePage => ({
  source: "RFC v1 §2.1 (IOASID_CREATE_NESTING); not expressible in iommufd",
  example: {
    raises: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid giova on gpa page-table
        attach nic -> giova
        map giova 0x2000 + 4K -> 0x1000
      }
    `),
    avoids: dedent(`
      iommu vtd { pasid-width 20  nesting hardware }
      pdev nic at 3b:00.0 behind vtd { category 0 }
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        bind nic
        ioasid gpa
        attach nic -> gpa
        map gpa 0x0 + 1G -> ram
        ioasid giova on gpa page-table
        attach nic -> giova
        pte giova 0x2000 + 4K -> 0x1000
      }
    `),
  },
});

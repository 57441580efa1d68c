import { freeBacking } from "../fixes/memory.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A memory that cannot have the host-physical memory it needs. `reason` is half a sentence. */
export type MemoryBacking = { memory: string; reason: string; other: string | undefined };

export const rule: Rule<MemoryBacking> = {
  id: "S048",
  title: "memory without backing",
  severity: "error",
  message: ({ memory, reason }) => `The memory ${memory} cannot be pinned: ${reason}.`,
  help: ({ other }) =>
    other === undefined
      ? "Write ranges of whole pages of 4 KiB that end before 2^64."
      : `Leave \`backed-by\` out, or choose an address that does not meet ${other}.`,
  fixes: ({ other }, site) => (other === undefined ? [] : freeBacking(site)),
  explanation: dedent(`
    Each memory is pinned, and has host-physical memory of its own behind it: whole pages, and no byte of
    another memory. Without \`backed-by\` the engine gives it, in file order and aligned to 1 GiB.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      guest vm0 { memory ram at 0x4000_0000 + 1G backed-by 0x1_0000_0000 }
      guest vm1 { memory ram at 0x4000_0000 + 1G backed-by 0x1_2000_0000 }
    `),
    avoids: dedent(`
      guest vm0 { memory ram at 0x4000_0000 + 1G backed-by 0x1_0000_0000 }
      guest vm1 { memory ram at 0x4000_0000 + 1G backed-by 0x1_4000_0000 }
    `),
  },
});

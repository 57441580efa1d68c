import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** Two memories of one owner with a virtual address in common. */
export type MemoryOverlap = { memory: string; other: string; owner: string };

export const rule: Rule<MemoryOverlap> = {
  id: "S049",
  title: "overlapping memories",
  severity: "error",
  message: ({ memory, other, owner }) =>
    `The virtual addresses of ${memory} meet those of ${other} in ${owner}.`,
  help: ({ other }) => `Choose a range that does not meet that of ${other}.`,
  explanation: dedent(`
    The range of a memory is virtual memory of the owner process. An address means one byte there, so that
    a \`map\` to a number finds one memory.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (declarations)",
  example: {
    raises: dedent(`
      guest vm0 {
        memory low  at 0x4000_0000 + 1G
        memory high at 0x7fff_f000 + 1G
      }
    `),
    avoids: dedent(`
      guest vm0 {
        memory low  at 0x4000_0000 + 1G
        memory high at 0x8000_0000 + 1G
      }
    `),
  },
});

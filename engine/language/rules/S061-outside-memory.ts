import { offsetInstead } from "../fixes/memory.js";
import type { Rule, RulePage } from "./rule.js";
import { dedent } from "./words.js";

/** A place past the end of a memory. `last` is its last byte. */
export type OutsideMemory = { memory: string; offset: string; last: string };

export const rule: Rule<OutsideMemory> = {
  id: "S061",
  title: "place outside a memory",
  severity: "error",
  message: ({ memory, offset, last }) =>
    `This part of ${memory}, from offset ${offset} on, is not all inside it: the last byte of ${memory} is at offset ${last}.`,
  help: ({ last }) => `Write an offset and a length that do not go past ${last}.`,
  fixes: (_, site) => offsetInstead(site),
  explanation: dedent(`
    A region is counted from the first byte of its memory, not from its virtual address.
  `),
};

export const page = (): RulePage => ({
  source: "docs/language.md (regions)",
  example: {
    raises: dedent(`
      uapi v1
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram[0x4000_0000 + 4K]
      }
    `),
    avoids: dedent(`
      uapi v1
      guest vm0 {
        memory ram at 0x4000_0000 + 1G
        register ram[0x0 + 4K]
      }
    `),
  },
});

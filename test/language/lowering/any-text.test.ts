import assert from "node:assert/strict";
import fc from "fast-check";
import { lineMap, runToEnd } from "../../../engine/language/index.js";
import { analyzeText, HARDWARE } from "./host.js";

const WORDS =
  'iommu cpu pdev mdev group guest native scenario uapi import ioasid free map unmap pte entry invalidate register bind unbind attach detach sva kvm info dma enqcmd enqcmds set-pasid respond migrate allow assert memory process viommu pasid at on to from for behind of as vf category queue shared hide none read write exec priv success invalid page-table pasid-table isolated reaches ppasid reports translation off any { } [ ] , + .. -> => == wire ok EBUSY fault vm-exit #gp 0x1000 4K 1G 7 0 3b:00.0 01:00.0 P013 "s" vm0 vm0.gpa gpa gva nic dsa wq0 vtd ram db x rw'.split(
    " ",
  );

const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 120 }).map((words) => words.join(" "));

const OWNERS = `guest vm0 { memory ram at 0x0 + 1M  process db { pasid 7 }  ioasid gpa  ioasid gva on gpa  bind nic }\n`;

describe("compiling and running any text", () => {
  it("throws nothing, and every place lies in the text", () => {
    fc.assert(
      fc.property(soup, fc.boolean(), (words, behind) => {
        const text = behind ? `${HARDWARE}${OWNERS}guest vm1 { ${words}` : words;
        const { program, symbols } = analyzeText(text);
        for (const { span, message } of runToEnd(program).diagnostics) {
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
          assert.doesNotMatch(message, /^Rule |undefined|NaN|\[object/);
        }
        for (const { start, end } of program.origins)
          assert.ok(start >= 0 && start <= end && end <= text.length);
        for (const definition of symbols.definitions) {
          for (const { start, end } of symbols.references(definition)) {
            assert.equal(text.slice(start, end), definition.name);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the same program each time", () => {
    fc.assert(
      fc.property(soup, (words) => {
        const text = `${HARDWARE}${OWNERS}scenario "s" { ${words}`;
        assert.deepEqual(analyzeText(text).program, analyzeText(text).program);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps the indices of a platform within its arrays", () => {
    fc.assert(
      fc.property(soup, (words) => {
        const { platform } = analyzeText(`${words}\n${HARDWARE}`).program;
        const { iommus, devices, groups, owners, memories, processes } = platform;
        for (const { wire, iommu, group } of devices)
          assert.ok(devices[wire] && iommus[iommu] && groups[group]);
        for (const { members } of groups) assert.ok(members.every((member) => devices[member]));
        for (const { owner } of [...memories, ...processes]) assert.ok(owners[owner]);
      }),
      { numRuns: 500 },
    );
  });

  it("takes an empty file, a BOM, carriage returns and a file of one line", () => {
    for (const text of ["", "\uFEFF", "\r\n\r\n", `${HARDWARE}${OWNERS}`.replaceAll("\n", "\r\n")]) {
      const { program } = analyzeText(text);
      assert.deepEqual(program.diagnostics, []);
      assert.ok(lineMap(text).lineCount >= 1);
    }
  });
});

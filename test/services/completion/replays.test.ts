import assert from "node:assert/strict";
import fc from "fast-check";
import { type Analysis, analyze, analyzeAgain, type Host, momentAt } from "../../../engine/language/index.js";
import { machineBefore } from "../../../engine/services/completion/replays.js";
import { completionsAt } from "../../../engine/services/index.js";
import { FILE } from "../view.js";
import { SCENARIO } from "./offering.js";

const TEXT = `${SCENARIO.replace("iommu vtd", "iommu vtd ")}  detach wq0 pasid 7 from gva
  attach wq0 pasid 8 -> gva
  dma nic read 0x1000
}
scenario "two" {
  dma nic read 0x2000
  unbind nic
}
`;

/** Lines that somebody writes or deletes, some of them refused. */
const LINES = [
  "  attach nic pasid 3 -> gva",
  "  attach wq0 pasid 9 -> gva",
  "  detach wq0 pasid 7 from gva",
  "  kvm map pasid 9 -> gva",
  "  map gpa 0x4000_0000 + 4K -> ram",
  "  unmap gpa 0x4000_0000 + 4K",
  "  bind disk",
  "  unbind nic",
  "  ioasid other",
  "  migrate vm0",
  "  assert kvm vm0 pasid 7 == 1",
  "  attach ",
];

/** What is written at the end of a line, to see what may follow. */
const QUESTIONS = [
  "\n  attach ",
  "\n  attach wq0 pasid ",
  "\n  detach wq0 pasid ",
  "\n  dma nic read ",
  "\n  kvm unmap pasid ",
];

function hostOf(text: string): Host {
  return { read: () => text, resolve: () => ({ error: "There is no other file." }) };
}

function labelsAt(analysis: Analysis, text: string, offset: number): unknown {
  const { items } = completionsAt({ view: { analysis, result: undefined }, file: FILE, text, offset });
  return items.map(({ label, detail }) => [label, detail]);
}

describe("the machine at the cursor", () => {
  it("is the one of before while only what follows changes", () => {
    const before = analyze(FILE, hostOf(TEXT));
    const text = TEXT.replace("dma nic read 0x1000\n", "dma nic read 0x1000_0000\n");
    const after = analyzeAgain(before, hostOf(text));
    const moment = momentAt(before.program, FILE, TEXT.indexOf("dma nic"), true);
    for (const what of ["structure", "all"] as const) {
      const machine = machineBefore({ analysis: before, result: undefined }, moment, what);
      assert.equal(machineBefore({ analysis: after, result: undefined }, moment, what), machine);
    }
  });

  it("is another one where something before it has changed", () => {
    const before = analyze(FILE, hostOf(TEXT));
    const text = TEXT.replace("attach wq0 pasid 8", "attach wq0 pasid 9");
    const after = analyzeAgain(before, hostOf(text));
    const moment = momentAt(before.program, FILE, TEXT.indexOf("dma nic"), true);
    const devices = [before, after].map((analysis) => {
      const machine = machineBefore({ analysis, result: undefined }, moment, "structure");
      const wq0 = analysis.program.platform.devices.findIndex(({ name }) => name === "wq0");
      return [...machine!.device(wq0).attachments.entries()].map(([pasid]) => pasid);
    });
    assert.deepEqual(devices, [
      [7, 8],
      [7, 9],
    ]);
  });

  it("gives the same completions as all steps run again, whatever was edited before", () => {
    const edit = fc.record({ at: fc.nat(), line: fc.constantFrom("", ...LINES), isNew: fc.boolean() });
    const look = fc.record({ at: fc.nat(), question: fc.constantFrom(...QUESTIONS) });
    fc.assert(
      fc.property(fc.array(fc.tuple(edit, look), { minLength: 1, maxLength: 8 }), (rounds) => {
        let lines = TEXT.trimEnd().split("\n");
        let analysis = analyze(FILE, hostOf(TEXT));
        for (const [{ at, line, isNew }, { at: place, question }] of rounds) {
          const first = lines.findIndex((each) => each.startsWith("guest"));
          const edited = first + 1 + (at % (lines.length - first - 1));
          lines = lines.toSpliced(edited, isNew ? 0 : 1, ...(line === "" ? [] : [line]));
          const text = lines.join("\n");
          analysis = analyzeAgain(analysis, hostOf(text));
          const end = lines.slice(0, first + 1 + (place % (lines.length - first))).join("\n").length;
          const asked = text.slice(0, end) + question + text.slice(end);
          const offset = end + question.length;
          const fresh = analyze(FILE, hostOf(text));
          assert.deepEqual(labelsAt(analysis, asked, offset), labelsAt(fresh, asked, offset), asked);
        }
      }),
      { numRuns: 300 },
    );
  });
});

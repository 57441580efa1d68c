import assert from "node:assert/strict";
import { failuresAmong, scenariosOf } from "../../engine/services/index.js";
import { viewOf } from "./view.js";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa
  bind nic
  attach nic -> gpa
  map gpa 0x0 + 1M -> ram
}
scenario "what is mapped" {
  dma nic read 0x1000   => ram[0x2000]   // wrong on purpose
  dma nic read 0x70_0000
  dma nic read 0x1000   => ram[0x1000]
}
scenario "numbers" { assert ppasid nic == 3 }
`;

describe("the scenarios of a file", () => {
  it("are listed with their whole statements, in their order", () => {
    const found = scenariosOf(viewOf(TEXT).analysis);
    assert.deepEqual(
      found.map(({ title }) => title),
      ["what is mapped", "numbers"],
    );
    assert.equal(
      TEXT.slice(found[1]?.span.start, found[1]?.span.end),
      'scenario "numbers" { assert ppasid nic == 3 }',
    );
  });

  it("are those of the file alone: an import has none that run", () => {
    const view = viewOf('import "other.ioasid"\n', { "other.ioasid": 'scenario "other" { }\n' });
    assert.deepEqual(scenariosOf(view.analysis), []);
  });
});

describe("the failures of a scenario", () => {
  it("say what was stated, what came of it, and why", () => {
    const { analysis, result } = viewOf(TEXT);
    const [first, second] =
      result?.scenarios.map(({ steps }) => failuresAmong(analysis.program, steps)) ?? [];
    assert.deepEqual(
      first?.map(({ statement, expected, actual }) => [statement, expected, actual]),
      [
        ["dma nic read 0x1000", "ram[0x2000]", "ram[0x1000]"],
        ["dma nic read 0x70_0000", "ok", "fault not-mapped"],
      ],
    );
    assert.equal(TEXT.slice(first?.[1]?.span.start, first?.[1]?.span.end), "dma nic read 0x70_0000");
    assert.ok(first?.every(({ reasons }) => reasons.length > 0 && reasons.every((each) => /\.$/.test(each))));
    assert.deepEqual(
      second?.map(({ expected, actual }) => [expected, actual]),
      [["3", "none"]],
    );
  });
});

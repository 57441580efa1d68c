import assert from "node:assert/strict";
import { applied, change, check, fixesIn } from "./fixing.js";

/** What the first fix of each finding of a rule makes of a text. */
function fixed(text: string, code: string): string {
  const [offered] = fixesIn(check(text), code);
  assert.ok(offered, "a fix is offered");
  return applied(text, offered.fix);
}

const isSafe = (text: string, code: string) => fixesIn(check(text), code)[0]?.fix.safe;

describe("an opening brace that is missing", () => {
  it("goes in front of what belongs to the block, on its line or behind the line above", () => {
    assert.equal(fixed("cpu enqcmd }\n", "S012"), "cpu { enqcmd }\n");
    assert.equal(
      fixed("guest vm0\n  ioasid gpa\n}\ncpu { }\n", "S012"),
      "guest vm0 {\n  ioasid gpa\n}\ncpu { }\n",
    );
    assert.equal(fixed("cpu }\n", "S012"), "cpu { }\n");
    const table =
      "guest vm0 {\n  ioasid gpa\n  ioasid gva on gpa page-table pte 0x0 + 4K -> 0x0 }\n}\ncpu { }\n";
    assert.equal(
      fixed(table, "S012"),
      "guest vm0 {\n  ioasid gpa\n  ioasid gva on gpa page-table { pte 0x0 + 4K -> 0x0 }\n}\ncpu { }\n",
    );
  });

  it("brings the closing one where that is missing as well", () => {
    assert.equal(fixed("cpu enqcmd\niommu vtd { }\n", "S012"), "cpu { enqcmd }\niommu vtd { }\n");
    assert.equal(
      fixed("guest vm0 // the first\n  ioasid gpa // its memory\n", "S012"),
      "guest vm0 { // the first\n  ioasid gpa // its memory\n}\n",
    );
  });

  it("is a choice where nothing stands in the block", () => {
    assert.equal(fixed("guest vm0\ncpu { }\n", "S012"), "guest vm0 { }\ncpu { }\n");
    assert.equal(isSafe("guest vm0\ncpu { }\n", "S012"), false);
    assert.equal(isSafe("cpu enqcmd }\n", "S012"), true);
  });

  it("is there behind words that belong to nothing: those are taken away", () => {
    const text = "iommu vtd { }\npdev nic at 3b:00.0 behind vtd at last { category 0 }\n";
    assert.deepEqual(change(text, "S012"), [
      "- pdev nic at 3b:00.0 behind vtd at last { category 0 }",
      "+ pdev nic at 3b:00.0 behind vtd { category 0 }",
    ]);
    assert.equal(isSafe(text, "S012"), false);
  });
});

describe("a closing brace that is missing", () => {
  it("goes behind the block, on a line of its own where the block has several", () => {
    assert.equal(fixed("cpu { enqcmd\niommu vtd { }\n", "S013"), "cpu { enqcmd }\niommu vtd { }\n");
    assert.equal(
      fixed('guest vm0 {\n  ioasid gpa // its memory\nscenario "free" {\n  free gpa\n}\n', "S013"),
      'guest vm0 {\n  ioasid gpa // its memory\n}\nscenario "free" {\n  free gpa\n}\n',
    );
    assert.equal(
      fixed("guest vm0 {\r\n  process db {\r\n    pasid 7\r\n  ioasid gpa\r\n}\r\n", "S013"),
      "guest vm0 {\r\n  process db {\r\n    pasid 7\r\n  }\r\n  ioasid gpa\r\n}\r\n",
    );
  });

  it("goes behind what nobody understood, too", () => {
    assert.equal(
      fixed("guest vm0 {\n  ioasid gpa\n  hello world\n", "S013"),
      "guest vm0 {\n  ioasid gpa\n  hello world\n}\n",
    );
  });
});

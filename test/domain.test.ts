import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { disagreements, root, runFile, runText } from "./helpers/marks.js";

const folder = `${root}/test/fixtures/domain`;

/** One file per subject; the outcomes in it are those of the domain's sources, and its comments cite them. */
describe("the domain, as fixtures", () => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".ioasid"))) {
    it(name.replace(/\.ioasid$/, "").replaceAll("-", " "), () => {
      const run = runFile(`${folder}/${name}`);
      assert.deepEqual(disagreements(run), []);
      assert.ok(run.scenarios.length > 0, "has a scenario");
    });
  }
});

const MACHINE = `iommu vtd { }
pdev nic at 00:01.0 behind vtd { category 0 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa { map 0x0 + 1G -> ram }
  bind nic
  attach nic -> gpa
}
`;

describe("a fixture that is wrong is caught", () => {
  const found = (steps: string) =>
    disagreements(runText(`${MACHINE}scenario "it" {\n${steps}\n}\n`)).join("\n");

  it("by its outcome", () => {
    assert.match(found("  dma nic read 0x1000 => ram[0x2000]"), /test\.ioasid:10: dma nic read/);
    assert.match(found("  free gpa => ENOENT"), /:10: free gpa/);
    assert.match(found("  free gpa"), /:10: free gpa/);
  });

  it("by its assertion", () => {
    assert.match(found("  assert ppasid nic == 1"), /:10: assert ppasid/);
  });

  it("by a mark for what is not reported", () => {
    assert.match(found("  info nic\n//^^^^^^^^ P003 error"), /10:3-11 P003 error: was not reported/);
  });

  it("by a report without a mark", () => {
    assert.match(found("  free gpa"), /10:3-11 P016 error: is not marked/);
  });

  it("by an expectation that the parser lost", () => {
    assert.match(found("  frobnicate nic => EBUSY"), /:10: never ran/);
  });

  it("and a right one is not", () => {
    assert.equal(found("  free gpa => EBUSY\n  dma nic read 0x1000 => ram[0x1000] wire none"), "");
  });
});

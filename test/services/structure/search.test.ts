import assert from "node:assert/strict";
import { searchSymbols } from "../../../engine/services/index.js";
import { type Files, programsOf } from "../programs.js";

const FILES: Files = {
  "host.ioasid": "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 0 }",
  "a.ioasid":
    'import "host.ioasid"\nguest vm0 { ioasid gpa  ioasid gpa-shadow on gpa }\nscenario "the nic reads" { }',
  "b.ioasid": 'import "host.ioasid"\nguest vm1 { ioasid gpa  memory graph-pages at 0x4000_0000 + 1G }',
};

/** What a query finds, as `file kind name`, with the owner in front. */
function found(query: string, limit = 100): string[] {
  return searchSymbols(programsOf(FILES, "host.ioasid"), query, limit).map(
    ({ name, kind, container, span }) =>
      `${span.file} ${kind} ${container === undefined ? "" : `${container}.`}${name}`,
  );
}

describe("the search for symbols of a workspace", () => {
  it("finds what a file declares once, however many files import it", () => {
    assert.deepEqual(found("vtd"), ["host.ioasid iommu vtd"]);
  });

  it("puts the name itself first, then names that begin with the query, hold it, or hold its letters", () => {
    assert.deepEqual(found("gpa"), [
      "a.ioasid space vm0.gpa",
      "b.ioasid space vm1.gpa",
      "a.ioasid space vm0.gpa-shadow",
      "b.ioasid memory vm1.graph-pages",
    ]);
    assert.deepEqual(found("nic"), ["host.ioasid pdev nic", "a.ioasid scenario the nic reads"]);
  });

  it("takes an owner in front, and neither case nor blanks matter", () => {
    assert.deepEqual(found("VM1.gpa"), ["b.ioasid space vm1.gpa", "b.ioasid memory vm1.graph-pages"]);
    assert.deepEqual(found(" V M 0 "), ["a.ioasid guest vm0"]);
  });

  it("finds everything for an empty query, up to a limit", () => {
    assert.equal(found("").length, 9);
    assert.equal(found("", 4).length, 4);
  });

  it("finds nothing that is not there", () => {
    assert.deepEqual(found("smmu"), []);
  });

  it("finds what a file declares that is no root file itself", () => {
    const programs = programsOf(FILES, "a.ioasid").slice(0, 1);
    assert.deepEqual(
      searchSymbols(programs, "vtd", 10).map(({ span }) => span),
      [{ file: "host.ioasid", start: 6, end: 9 }],
    );
  });
});

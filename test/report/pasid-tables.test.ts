import assert from "node:assert/strict";
import { compile, runToEnd } from "../../engine/language/index.js";
import { pasidTableReport } from "../../engine/report/index.js";

/** The rows of one device's PASID table. */
function rowsOf(text: string): string[] {
  const host = { read: () => text, resolve: () => ({ error: "Nothing is imported." }) };
  const [table] = pasidTableReport(runToEnd(compile("a.ioasid", host)).machine);
  return (table?.entries ?? []).map(({ ppasid, use, space }) => `${ppasid} ${use} ${space}`);
}

const smmu = (noPasid: string, statements: string) => `
  iommu smmu { format smmuv3  pasid-width 16  nesting hardware  pasid-table guest  no-pasid ${noPasid} }
  pdev npu at 01:00.0 behind smmu { category 3  pasid-width 16 }
  guest vm0 {
    bind npu  ioasid gpa  attach npu -> gpa
    ioasid cds on gpa pasid-table
    ioasid app on gpa page-table
    entry cds 0 -> app
    entry cds 5 -> app
    ${statements}
  }
`;

describe("the PASID table of a RID that a guest has a table for", () => {
  it("is the kernel's until the guest's table is attached", () => {
    assert.deepEqual(rowsOf(smmu("terminate", "")), ["0 default vm0.gpa"]);
  });

  it("is the guest's from then on: what the kernel wrote before is not looked at", () => {
    const entries = ["0 guest vm0.app", "5 guest vm0.app"];
    assert.deepEqual(rowsOf(smmu("terminate", "attach npu -> cds")), entries);
    assert.deepEqual(rowsOf(smmu("entry-0", "attach npu -> cds")), entries);
  });

  it("has a way for requests without a PASID where they bypass the first stage", () => {
    const rows = rowsOf(smmu("bypass", "attach npu -> cds"));
    assert.deepEqual(rows, ["0 default vm0.gpa", "0 guest vm0.app", "5 guest vm0.app"]);
  });

  it("is the kernel's again when it is detached", () => {
    const rows = rowsOf(smmu("terminate", "attach npu -> cds  detach npu from cds"));
    assert.deepEqual(rows, ["0 default vm0.gpa"]);
  });
});

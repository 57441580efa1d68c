import assert from "node:assert/strict";
import { compile, RULES, runToEnd } from "../../../engine/language/index.js";

/** The statements that a finding of a rule's own example points to. */
function placesOf(id: string): string[] {
  const text = RULES.get(id)!.example.raises;
  const program = compile("file", { read: () => text, resolve: (_from, to) => to });
  const found = runToEnd(program).diagnostics.find(({ code }) => code === id);
  return (found?.related ?? []).map(({ span }) => text.slice(span.start, span.end));
}

/** Where the cause is elsewhere, the finding points there. */
describe("the other side of a refusal", () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    P003: ["pdev nic"],
    P004: ["pdev nic"],
    P005: ["attach nic pasid 7 -> gva0"],
    P006: ["attach q0 -> gpa"],
    P007: ["pdev dsa"],
    P008: ["pdev narrow", "attach wq0 pasid 3 as 9 -> gva"],
    P009: ["bind wq0"],
    P010: ["mdev wq0"],
    P016: ["attach nic -> gpa"],
    P028: ["kvm map pasid 7 -> gva"],
    U001: ["map gpa 0x0 + 1M -> ram[0x0 + 1M]"],
    S053: ["dpdk"],
    S055: ["vm0", "vm1"],
    S061: ["memory ram at 0x4000_0000 + 1G"],
    U007: ["memory ram at 0x4000_0000 + 1G"],
    U008: ["register ram[0x0 + 1M]"],
    U015: ["uapi v2"],
    U021: ["ioasid giova on gpa page-table", "attach nic -> giova"],
    U022: ["attach nic -> gpa"],
    U025: ["attach wq0 pasid 7 -> gva"],
    U034: ["native app"],
    U036: ["process db"],
    U037: ["bind wq0"],
    U091: ["attach nic pasid 7 -> gva"],
    C008: ["pdev nic"],
  };

  for (const [id, places] of Object.entries(expected)) {
    it(`of ${id} is ${places.join(", ")}`, () => assert.deepEqual(placesOf(id), places));
  }

  it("of a page request that waits is the request, for a migration and for a response to something else", () => {
    const read = "dma nic pasid 7 read 0x5000";
    const text = `iommu vtd { pasid-width 20  ats  page-requests }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
      guest vm0 {
        ioasid gpa
        bind nic
        attach nic -> gpa
        ioasid gva on gpa page-table
        attach nic pasid 7 -> gva
      }
      scenario "it" {
        ${read}  => page-request
        respond gva 0x6000 success for nic pasid 7
        respond gva 0x5000 success
        migrate vm0
      }`;
    const program = compile("file", { read: () => text, resolve: (_from, to) => to });
    const { diagnostics } = runToEnd(program);
    for (const code of ["U030", "U031", "U034"]) {
      const found = diagnostics.find((each) => each.code === code);
      assert.equal(found?.related.map(({ span }) => text.slice(span.start, span.end))[0], read, code);
    }
  });

  it("of ENQCMD without a mapping is the attach that needs one", () => {
    const attach = "attach wq0 pasid 7 -> gva";
    const text = RULES.get("P010")!.example.raises.replace(
      "guest vm0 {",
      "guest vm0 { process db { pasid 7 }",
    );
    const program = compile("file", {
      read: () => `${text}scenario "it" { enqcmd db to wq0 write 0x0 }\n`,
      resolve: (_from, to) => to,
    });
    const found = runToEnd(program).diagnostics.find(({ code, scenario }) => code === "P010" && scenario);
    assert.ok(found?.related.some(({ span }) => text.slice(span.start, span.end) === attach));
  });
});

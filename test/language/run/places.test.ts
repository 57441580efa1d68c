import assert from "node:assert/strict";
import { compile, pageOf, runToEnd } from "../../../engine/language/index.js";

/** The statements that a finding of a rule's own example points to. */
function placesOf(id: string): string[] {
  const text = pageOf({ id }).example.raises;
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
    P021: [],
    P028: ["kvm map pasid 7 -> gva"],
    U001: ["map gpa 0x0 + 1M -> ram[0x0 + 1M]"],
    S053: ["dpdk"],
    S055: ["vm0", "vm1"],
    S051: ["group left"],
    S057: ["iommu left", "iommu right"],
    S061: ["memory ram at 0x4000_0000 + 1G"],
    U007: ["memory ram at 0x4000_0000 + 1G"],
    U008: ["register ram[0x0 + 1M]"],
    U015: ["uapi v2"],
    U014: ["free gpa"],
    U017: ["bind-pgtable giova", "ioasid giova on gpa"],
    U021: ["ioasid giova on gpa page-table", "attach nic -> giova"],
    U022: ["attach nic -> gpa"],
    U025: ["attach wq0 pasid 7 -> gva"],
    U034: ["native app"],
    U036: ["process db"],
    U037: ["bind wq0"],
    U035: ["pdev nic"],
    U090: ["ioasid gpa"],
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
    const text = pageOf({ id: "P010" }).example.raises.replace(
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

const HOST = `uapi v1
iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev nic at 3b:00.0 behind vtd { category 0 }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic  bind wq0
  ioasid gpa
  attach nic -> gpa  attach wq0 -> gpa
  map gpa 0x0 + 1M -> ram
  ioasid gva on gpa
  attach nic -> gva  attach wq0 pasid 7 -> gva
  kvm map pasid 7 -> gva
  bind-pgtable gva
}
`;

/** The first place that the finding of a rule points to, as the statement there. */
function firstPlace(text: string, code: string): string | undefined {
  const program = compile("file", { read: () => text, resolve: (_from, to) => to });
  const found = runToEnd(program).diagnostics.find((each) => each.code === code);
  const span = found?.related[0]?.span;
  return span && text.slice(span.start, span.end);
}

/** Where a call finds nothing left to do, the one that did it is shown: in its scenario or in the start state. */
describe("the call that did it already", () => {
  const twice: Readonly<Record<string, string>> = {
    P014: "kvm unmap vm0 pasid 7",
    U004: "unmap gpa 0x0 + 1M",
    U010: "unregister ram",
    U018: "unbind-pgtable gva",
    U020: "detach wq0 pasid 7 from gva",
    U023: "unbind nic",
  };
  const before: Readonly<Record<string, string>> = {
    U010: "unmap gpa 0x0 + 1M  register ram",
    U020: "kvm unmap vm0 pasid 7",
    U023: "detach nic from gva  detach nic from gpa",
  };
  for (const [code, call] of Object.entries(twice)) {
    const first = before[code] ?? "";
    it(`is ${call}, for ${code}`, () => {
      assert.equal(firstPlace(`${HOST}scenario "it" { ${first} ${call} ${call} }\n`, code), call);
      const inStart = HOST.replace(/}\n$/, `  ${first} ${call.replace(" vm0", "")}\n}\n`);
      assert.equal(firstPlace(`${inStart}scenario "it" { ${call} }\n`, code), call.replace(" vm0", ""));
    });
  }

  it("is not one of another scenario", () => {
    const text = `${HOST}scenario "a" { unmap gpa 0x0 + 1M }\nscenario "b" { unmap gpa 0x100000 + 1M }\n`;
    assert.equal(firstPlace(text, "U004"), undefined);
  });

  it("is named, although the machine knows no names of what is gone", () => {
    const text = "guest vm0 { ioasid gpa  free gpa  ioasid gva on gpa page-table }\n";
    const program = compile("file", { read: () => text, resolve: (_from, to) => to });
    const found = runToEnd(program).diagnostics.find(({ code }) => code === "U014");
    assert.match(found?.message ?? "", /gpa \(the parent of gva\) was freed before this statement/);
  });
});

describe("a request that came to something else than stated", () => {
  const last = (steps: string) => firstPlace(`${HOST}scenario "it" { ${steps} }\n`, "U090");

  it("points to the mapping that it reached, or to what should have one", () => {
    const read = "detach nic from gva  dma nic read";
    assert.equal(last(`${read} 0x0 => ram[0x2000]`), "map gpa 0x0 + 1M -> ram");
    assert.equal(last(`${read} 0x20_0000`), "ioasid gpa");
  });

  it("has the words of the stage that failed, at the last statement on its way", () => {
    const text = `${HOST}scenario "it" { dma wq0 pasid 9 read 0x0 }\n`;
    const program = compile("file", { read: () => text, resolve: (_from, to) => to });
    const found = runToEnd(program).diagnostics.find(({ code }) => code === "U090");
    assert.match(found?.related[0]?.message ?? "", /an attach of wq0 with this vPASID would register it/);
  });

  it("leaves the machine as it was: what follows is the same with and without it", () => {
    const steps = "detach nic from gva  dma nic read 0x0";
    const outcome = (more: string) => {
      const text = `${HOST}scenario "it" { ${steps} ${more}  dma nic read 0x0 }\n`;
      const program = compile("file", { read: () => text, resolve: (_from, to) => to });
      return runToEnd(program).scenarios[0]!.steps.at(-1)!.outcome;
    };
    assert.deepEqual(outcome("dma nic read 0x0 => fault"), outcome(""));
  });
});

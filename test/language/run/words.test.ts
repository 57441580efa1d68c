import assert from "node:assert/strict";
import {
  assertionText,
  expectationText,
  outcomeText,
  type Program,
  reasonText,
} from "../../../engine/language/index.js";
import type { Outcome } from "../../../engine/simulator/index.js";
import { compileText, HARDWARE, told } from "../lowering/host.js";

const OWNERS = `guest vm0 { memory ram at 0x0 + 1G  memory low at 0x1_0000_0000 + 1M }\nguest vm1 { memory ram at 0x0 + 1G }\n`;

function inScenario(text: string): Program {
  const program = compileText(`${HARDWARE}${OWNERS}scenario "s" { ${text} }`);
  assert.deepEqual(told(program), []);
  return program;
}

describe("the words of a stated outcome", () => {
  it("are those of the language", () => {
    for (const words of [
      "ok",
      "EBUSY",
      "low[0x1000]",
      "vm1.ram[0x20_1000 + 0x1000]",
      "0x1_0000_0000",
      "fault",
      "fault not-mapped",
      "fault 0x05",
      "page-request",
      "vm-exit",
      "vm-exit 73",
      "#gp",
      "refused",
      "ok wire 7",
      "fault wire none",
    ]) {
      const { platform, scenarios } = inScenario(`dma nic read 0x0 => ${words}`);
      assert.equal(expectationText(platform, scenarios[0]!.steps[0]!.expectation), words);
    }
  });

  it("are `ok` where nothing is stated", () => {
    assert.equal(expectationText(inScenario("").platform, undefined), "ok");
  });
});

describe("the words of an assertion", () => {
  it("are what is asked, without the value", () => {
    for (const [text, words] of [
      ["assert isolated nic, vm1", "isolated nic, vm1"],
      ["assert isolated nic pasid any, wq0 pasid 7", "isolated nic pasid any, wq0 pasid 7"],
      ["assert reaches vm0 -> low", "reaches vm0 -> low[0x0 + 0x10_0000]"],
      ["assert ppasid wq0 == 1", "ppasid wq0"],
      ["assert ppasid wq0 pasid 7 == 2", "ppasid wq0 pasid 7"],
      ["assert kvm vm0 pasid 7 == none", "kvm vm0 pasid 7"],
      ["assert reports nic none", "reports nic"],
    ] as const) {
      const { platform, scenarios } = inScenario(text);
      const step = scenarios[0]!.steps[0]!;
      assert.equal(step.kind === "assertion" && assertionText(platform, step.assertion), words);
    }
  });
});

describe("the words of an outcome", () => {
  const { platform } = inScenario("");
  const at = { page: 0x10_0001, offset: 0 };
  const reached: Outcome = {
    kind: "reached",
    findings: [],
    wire: { rid: 0, pasid: 7 },
    physical: at,
    memory: 0,
    space: "gpa",
    hit: true,
    contiguous: true,
  };
  const fault = {
    name: "not-mapped",
    code: 0x71,
    text: "not present.",
    stage: "first",
    address: at,
  } as const;
  const faulted: Outcome = { kind: "fault", findings: [], wire: { rid: 0, pasid: undefined }, fault };

  it("are words that would make the step pass", () => {
    const cases: readonly [Outcome, string][] = [
      [{ kind: "ok", findings: [] }, "ok"],
      [reached, "vm0.ram[0x1000] wire 7"],
      [{ ...reached, memory: undefined }, "0x1_0000_1000 wire 7"],
      [faulted, "fault not-mapped"],
      [{ ...faulted, kind: "page-request" }, "page-request"],
      [{ kind: "vm-exit", findings: [], reason: 72, pasid: 7 }, "vm-exit 72"],
      [{ kind: "gp", findings: [], text: "no PASID" }, "#gp"],
      [{ kind: "portal-refused", findings: [], text: "closed" }, "refused"],
      [{ kind: "responded", findings: [], resumed: [] }, "ok"],
      [
        { kind: "responded", findings: [], resumed: [reached, reached, faulted] },
        "vm0.ram[0x1000] wire 7, fault not-mapped",
      ],
    ];
    for (const [outcome, words] of cases) assert.equal(outcomeText(platform, outcome), words);
  });

  it("come with the reason, as a sentence", () => {
    assert.equal(reasonText(faulted), "Not present (code 0x71), raised by the first stage at 0x100001000.");
    assert.match(reasonText({ ...faulted, fault: { ...fault, code: undefined } }), /^Not present, raised/);
    assert.match(reasonText(reached), /"gpa" by an IOTLB entry/);
    assert.match(reasonText({ kind: "vm-exit", findings: [], reason: 72, pasid: 9 }), /vPASID 9/);
    assert.equal(reasonText({ kind: "gp", findings: [], text: "No PASID." }), "No PASID.");
    assert.match(
      reasonText({ kind: "responded", findings: [], resumed: [reached, faulted] }),
      /^Not present/,
    );
    assert.equal(reasonText({ kind: "responded", findings: [], resumed: [reached] }), "");
    assert.equal(reasonText({ kind: "ok", findings: [] }), "");
  });
});

import assert from "node:assert/strict";
import { replay, runToEnd } from "../../../engine/language/index.js";
import { stateHash } from "../../../engine/simulator/index.js";
import { compileText } from "../lowering/host.js";

const TEXT = `
iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa
  bind nic
  attach nic -> gpa
  dma nic read 0x1000 => fault
  map gpa 0x0 + 1G -> ram
}
scenario "one" { unmap gpa 0x0 + 1G  dma nic read 0x1000 => fault }
scenario "two" {
  dma nic read 0x1000
  unmap gpa 0x0 + 1G
  dma nic read 0x1000 => fault not-mapped
}
`;

describe("running a step again", () => {
  const run = runToEnd(compileText(TEXT));

  it("gives the outcome that the run had, with the stages of its walk", () => {
    const { outcome } = run.scenarios[1]!.steps[2]!;
    const again = replay(run, { scenario: 1, step: 2 })!.result.outcome;
    assert.deepEqual({ ...again, stages: undefined }, { ...outcome, stages: undefined });
    assert.deepEqual(outcome?.stages, undefined);
    assert.deepEqual(again?.stages?.at(-1)?.kind, "second");
  });

  it("has the machine before and after the step", () => {
    const { before, after } = replay(run, { scenario: 1, step: 1 })!;
    assert.notEqual(stateHash(before), stateHash(after));
    assert.equal(stateHash(after), stateHash(run.scenarios[1]!.machine));
  });

  it("reaches the steps of the start state", () => {
    const { result, before } = replay(run, { scenario: undefined, step: 3 })!;
    assert.equal(result.outcome?.kind, "fault");
    assert.equal(before.spaces.get(0)?.ranges.size, 0);
  });

  it("changes nothing of the run", () => {
    const before = stateHash(run.machine);
    replay(run, { scenario: 1, step: 2 });
    assert.equal(stateHash(run.machine), before);
  });

  it("knows no step past the end", () => {
    assert.equal(replay(run, { scenario: 0, step: 9 }), undefined);
    assert.equal(replay(run, { scenario: 7, step: 0 }), undefined);
  });
});

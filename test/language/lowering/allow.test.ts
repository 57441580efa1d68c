import assert from "node:assert/strict";
import type { Program, Step } from "../../../engine/language/index.js";
import { compileText, HARDWARE, told } from "./host.js";

/** The rules that each step may break: "P013 P028", or "" for none. */
function allowances(steps: readonly Step[]): string[] {
  return steps.map((step) => (step.kind === "operation" ? [...(step.operation.allow ?? [])].join(" ") : ""));
}

function compiled(text: string, files: Record<string, string> = {}): Program {
  const program = compileText(HARDWARE + text, files);
  assert.deepEqual(told(program), []);
  return program;
}

describe("allow", () => {
  it("in a file holds from there on, and in all scenarios", () => {
    const program = compiled(
      `guest vm0 { bind nic }\nscenario "s" { unbind nic }\nallow P013\nguest vm1 { bind wq0 }`,
    );
    assert.deepEqual(allowances(program.start), ["", "P013"]);
    assert.deepEqual(allowances(program.scenarios[0]!.steps), ["P013"]);
  });

  it("in an imported file holds in that file", () => {
    const program = compiled(`import "a"\nguest vm1 { bind nic }`, {
      a: "allow P013\nguest vm0 { ioasid gpa }",
    });
    assert.deepEqual(allowances(program.start), ["P013", ""]);
  });

  it("in an owner block holds from there on for that owner, in scenarios too", () => {
    const program = compiled(`guest vm0 { ioasid a  allow P028  ioasid b }\nguest vm1 { ioasid c }
      scenario "s" { free vm0.a  free vm1.c }`);
    assert.deepEqual(allowances(program.start), ["", "P028", ""]);
    assert.deepEqual(allowances(program.scenarios[0]!.steps), ["P028", ""]);
  });

  it("of an owner holds for what its processes and its devices do", () => {
    const program =
      compiled(`guest vm0 { process db { pasid 7 }  allow P009  bind wq0 }\nguest vm1 { bind nic }
      scenario "s" { enqcmd db to wq0 write 0x0  dma wq0 read 0x0  dma nic read 0x0 }`);
    assert.deepEqual(allowances(program.scenarios[0]!.steps), ["P009", "P009", ""]);
  });

  it("in a scenario holds from there to its end", () => {
    const program = compiled(`guest vm0 { bind nic }
      scenario "s" { unbind nic  allow P021  allow P013  bind nic }\nscenario "t" { unbind nic }`);
    assert.deepEqual(allowances(program.scenarios[0]!.steps), ["", "P013 P021"]);
    assert.deepEqual(allowances(program.scenarios[1]!.steps), [""]);
  });

  it("gives the steps under the same rules one frozen set, however they came about", () => {
    const program = compiled(`allow P013\nguest vm0 { ioasid a  ioasid b  allow P013  ioasid c }
      scenario "s" { allow P013  free vm0.a }`);
    const sets = new Set(
      [...program.start, ...program.scenarios[0]!.steps].map(
        (step) => step.kind === "operation" && step.operation.allow,
      ),
    );
    assert.equal(sets.size, 1);
    assert.ok(Object.isFrozen([...sets][0]));
  });

  it("of a rule that is none is an error that offers one", () => {
    const program = compileText("allow P031");
    assert.deepEqual(told(program), [`S052 "P031"`]);
    assert.match(
      program.diagnostics[0]?.message ?? "",
      /P031 is no rule that can be allowed\. Did you mean P0/,
    );
  });
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { RULES, type RunResult, refusalOf } from "../engine/language/index.js";
import { disagreements, root, runFile, runText } from "./helpers/marks.js";

const folder = `${root}/test/fixtures/domain`;

const names = readdirSync(folder).filter((name) => name.endsWith(".ioasid"));

/** One file per subject; the outcomes in it are those of the domain's sources, and its comments cite them. */
describe("the domain, as fixtures", () => {
  for (const name of names) {
    it(name.replace(/\.ioasid$/, "").replaceAll("-", " "), () => {
      const run = runFile(`${folder}/${name}`);
      assert.deepEqual(disagreements(run), []);
      assert.ok(run.scenarios.length > 0, "has a scenario");
    });
  }
});

describe("the conflict catalogue", () => {
  it("has every rule met by some fixture, but P030, which speaks of all and marks no place", () => {
    const met = new Set(names.flatMap((name) => rulesMet(runFile(`${folder}/${name}`))));
    const missing = [...RULES.keys()].filter((id) => /^[PC]/.test(id) && !met.has(id));
    assert.deepEqual(missing, ["P030"]);
  });
});

/** Rules that refused a step, whatever the file says of it, or that put a word under a place. */
function rulesMet(run: RunResult): string[] {
  const steps = [...run.start, ...run.scenarios.flatMap((scenario) => scenario.steps)];
  const refusals = steps.flatMap(({ outcome }) => (outcome && refusalOf(outcome)?.rule) ?? []);
  return [...refusals, ...run.diagnostics.map(({ code }) => code)];
}

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

  it("by the name of a fault: a missing page is no missing right, though both are 0x79", () => {
    assert.match(found("  dma nic read 0x8000_0000 => fault no-access"), /:10: dma nic/);
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

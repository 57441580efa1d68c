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

  it("by the length of its target: a range that is not one run of memory has none", () => {
    const split = "  unmap gpa 0x0 + 1G map gpa 0x0 + 4K -> ram map gpa 0x1000 + 4K -> ram[0x5000 + 4K]\n";
    assert.match(found(`${split}  dma nic read 0x0 + 8K => ram[0x0 + 8K]`), /:11: dma nic/);
    assert.equal(found(`${split}  dma nic read 0x0 + 4K => ram[0x0 + 4K]`), "");
    assert.match(found("  dma nic read 0x0 + 8K => ram[0x0 + 4K]"), /:10: dma nic/);
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

  it("by an errno where no call returns one: a closed portal is `refused` (P010 has none)", () => {
    const portal = (outcome: string) =>
      disagreements(
        runText(`iommu vtd { }
cpu { enqcmd  pasid-translation }
pdev dsa at 00:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq on dsa { category 5  queue shared }
guest vm0 {
  process app { pasid 7 }
  ioasid one
  bind wq
  attach wq pasid 7 -> one
  kvm map pasid 7 -> one
  kvm translation off
}
scenario "it" {
  enqcmd app to wq read 0x0 => ${outcome}
}
`),
      ).join("\n");
    assert.equal(portal("refused"), "");
    assert.match(portal("ENOENT"), /:14: enqcmd/);
    assert.match(portal("vm-exit 72"), /:14: enqcmd/);
  });

  it("and a right one is not", () => {
    assert.equal(found("  free gpa => EBUSY\n  dma nic read 0x1000 => ram[0x1000] wire none"), "");
  });
});

const SHARED = `iommu vtd { nesting hardware }
pdev a at 00:01.0 behind vtd { category 3  pasid-width 20 }
pdev b at 00:02.0 behind vtd { category 3  pasid-width 20 }
pdev gpu at 00:03.0 behind vtd { }
mdev sw on gpu { category 1 }
guest vm0 {
  memory ram0 at 0x4000_0000 + 64M
  memory own at 0x5000_0000 + 16M
  ioasid gpa0 { map 0x0 + 64M -> ram0 }
  ioasid gva0 on gpa0 page-table { pte 0x1000 + 4K -> 0x300_0000 }
  ioasid gpa1 { map 0x0 + 16M -> own }
  ioasid shm1 { map 0x8000_0000 + 16M -> ram0[0x300_0000 + 16M] r }
  bind a  bind b  bind sw
  attach a -> gpa0
  attach a pasid 7 -> gva0
  attach b -> gpa1
}
guest vm1 {
  memory other at 0x4000_0000 + 16M
  ioasid foreign { map 0x0 + 16M -> other }
}
`;

describe("an assertion about reach fails when it should", () => {
  const passed = (steps: string) => {
    const [scenario] = runText(`${SHARED}scenario "it" {\n${steps}\n}\n`).scenarios;
    return scenario?.steps.at(-1)?.passed;
  };

  it("memory is shared as soon as both sides get to one byte of it", () => {
    const both = "  attach b pasid 9 -> shm1\n";
    assert.equal(passed("  assert isolated a, b"), true);
    assert.equal(passed("  assert isolated a, b pasid any"), true);
    assert.equal(passed(`${both}  assert isolated a, b`), true);
    assert.equal(passed(`${both}  assert isolated a, b pasid 9`), false);
    assert.equal(passed(`${both}  assert isolated a pasid 7, b pasid 9`), false);
    assert.equal(passed(`${both}  assert isolated a pasid any, b pasid any`), false);
    assert.equal(passed("  attach sw -> shm1\n  assert isolated a, sw"), false);
    assert.equal(passed("  attach sw -> shm1\n  assert isolated b, sw"), true);
  });

  it("a page that the guest's own table gives counts, and goes with it", () => {
    const both = "  attach b pasid 9 -> shm1\n";
    const proof = "  assert isolated a pasid 7, b pasid 9";
    assert.equal(passed(both + proof), false);
    assert.equal(passed(`${both}  pte gva0 0x1000 + 4K none\n${proof}`), true);
  });

  it("a translation that only the IOTLB still has counts until it is invalidated", () => {
    const stale = "  attach b pasid 9 -> shm1\n  dma a pasid 7 read 0x1000\n  pte gva0 0x1000 + 4K none\n";
    assert.equal(passed(`${stale}  assert isolated a pasid 7, b pasid 9`), false);
    assert.equal(passed(`${stale}  invalidate gva0\n  assert isolated a pasid 7, b pasid 9`), true);
  });

  it("`reaches` needs every byte, and the right to it", () => {
    assert.equal(passed("  assert reaches a -> ram0"), true);
    assert.equal(passed("  assert reaches a -> ram0[0x0 + 64M] rw"), true);
    assert.equal(passed("  assert reaches a pasid 7 -> ram0[0x300_0000 + 4K] rw"), true);
    assert.equal(passed("  assert reaches a pasid 7 -> ram0[0x300_0000 + 8K]"), false);
    assert.equal(passed("  assert reaches a pasid 8 -> ram0[0x300_0000 + 4K]"), false);
    assert.equal(passed("  assert reaches b -> ram0[0x0 + 4K]"), false);
    assert.equal(
      passed("  attach b pasid 9 -> shm1\n  assert reaches b pasid 9 -> ram0[0x300_0000 + 16M] r"),
      true,
    );
    assert.equal(
      passed("  attach b pasid 9 -> shm1\n  assert reaches b pasid 9 -> ram0[0x300_0000 + 16M] w"),
      false,
    );
    assert.equal(
      passed("  attach b pasid 9 -> shm1\n  assert reaches b pasid any -> ram0[0x300_0000 + 16M] r"),
      true,
    );
    assert.equal(
      passed("  unmap gpa0 0x0 + 64M\n  assert reaches a pasid 7 -> ram0[0x300_0000 + 4K]"),
      false,
    );
  });
});

describe("a device that two guests have", () => {
  it("breaks their isolation, as soon as it reaches memory of both (v2, P020)", () => {
    const steps = "  bind b to vm1\n  attach b pasid 9 -> foreign\n";
    const run = runText(
      `${SHARED}scenario "it" {\n${steps}  dma b pasid 9 read 0x0\n  assert isolated vm0, vm1\n}\n`,
    );
    assert.deepEqual(
      run.scenarios[0]?.steps.map(({ passed }) => passed),
      [true, true, true, false],
    );
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type RunResult, runToEnd, start } from "../../../engine/language/index.js";
import { compileText, relatedOf, textOf, told } from "../lowering/host.js";

const HARDWARE = `iommu vtd { ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
mdev q4 on dsa { category 4 }
pdev nic at 3b:00.0 { category 3  pasid-width 16  ats  page-requests }
pdev disk at 3c:00.0 { category 0 }
`;

const VM = `guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa { map 0x0 + 1G -> ram }
  bind wq0  bind nic  bind disk
  attach wq0 -> gpa  attach nic -> gpa  attach disk -> gpa
}
`;

/** What `VM` makes and a test does not use is not what the test is about. */
const UNUSED = new Set(["U095", "U096", "U097", "U098"]);

function run(text: string, files: Record<string, string> = {}, version = "v2"): RunResult {
  const program = compileText(`uapi ${version}\n${HARDWARE}${text}`, files);
  assert.deepEqual(told(program), [], "compiles");
  const result = runToEnd(program);
  return { ...result, diagnostics: result.diagnostics.filter(({ code }) => !UNUSED.has(code)) };
}

/** Severity, code and place of each finding of a run. */
function findings({ program, diagnostics }: RunResult): string[] {
  return diagnostics.map(({ severity, code, span }) => `${severity} ${code} ${textOf(program, span)}`);
}

/** What a scenario on `VM` comes to. */
function scenario(steps: string): { found: string[]; passed: boolean; result: RunResult } {
  const result = run(`${VM}scenario "s" {\n${steps}\n}`);
  return { found: findings(result), passed: result.scenarios[0]!.passed, result };
}

describe("guest SVA on a shared queue, and the same on a plain VF", () => {
  it("runs as it states", () => {
    const text = readFileSync("test/language/run/guest-sva.ioasid", "utf8");
    const program = compileText(text);
    assert.deepEqual(told(program), []);
    const result = runToEnd(program);
    assert.equal(result.incomplete, false);
    assert.deepEqual(
      result.scenarios.map(({ passed }) => passed),
      [true],
    );
    assert.deepEqual(
      result.diagnostics.filter(({ severity }) => severity !== "hint"),
      [],
    );
  });
});

describe("a step without a stated outcome", () => {
  it("must succeed", () => {
    assert.deepEqual(scenario("dma nic read 0x1000"), {
      ...scenario("dma nic read 0x1000"),
      found: [],
      passed: true,
    });
  });

  it("that is refused shows the rule at the statement", () => {
    const { found, passed, result } = scenario("free gpa");
    assert.deepEqual(found, ["error P016 free gpa"]);
    assert.equal(passed, false);
    assert.equal(result.diagnostics[0]?.scenario, "s");
  });

  it("that faults shows what happened and where", () => {
    const { found, passed, result } = scenario("dma nic pasid 9 read 0x1000");
    assert.deepEqual(found, ["error U090 dma nic pasid 9 read 0x1000"]);
    assert.equal(passed, false);
    assert.match(result.diagnostics[0]!.message, /fault no-pasid-entry wire 9/);
    assert.match(result.diagnostics[0]!.message, /0x5[19]/);
  });
});

describe("a stated outcome", () => {
  const passes = (steps: string): void => assert.equal(scenario(steps).passed, true, steps);
  const fails = (steps: string): void => assert.equal(scenario(steps).passed, false, steps);

  it("that a rule causes makes its diagnostic a hint", () => {
    assert.deepEqual(scenario("free gpa => EBUSY").found, ["hint P016 free gpa"]);
    passes("free gpa => EBUSY");
  });

  it("that differs from the errno shows the rule and the difference", () => {
    assert.deepEqual(scenario("free gpa => EINVAL").found, ["error P016 free gpa", "error U090 => EINVAL"]);
    fails("free gpa => EINVAL");
  });

  it("that did not come is an error at its place", () => {
    assert.deepEqual(scenario("dma nic read 0x1000 => ram[0x2000]").found, ["error U090 => ram[0x2000]"]);
  });

  it("of memory means the place behind its backing, and the length where one is written", () => {
    passes("dma nic read 0x1000 => ram[0x1000]");
    passes("dma nic read 0x0 => ram");
    fails("dma nic read 0x1000 => ram");
    passes("dma nic read 0x1000 + 8K => ram[0x1000 + 8K]");
    passes("dma nic read 0x1000 + 8K => ram[0x1000]");
    fails("dma nic read 0x1000 + 8K => ram[0x1000 + 4K]");
    const split = "unmap gpa 0x0 + 1G  map gpa 0x0 + 4K -> ram  map gpa 0x1000 + 4K -> ram[0x5000]";
    fails(`${split}  dma nic read 0x0 + 8K => ram[0x0 + 8K]`);
    passes(`${split}  dma nic read 0x0 + 8K => ram[0x0]`);
    passes("dma nic read 0x1000 => 0x1_0000_1000");
    fails("dma nic read 0x1000 => 0x1_0000_1001");
  });

  it("of a fault means its name, its code, or any", () => {
    passes("dma nic pasid 9 read 0x1000 => fault");
    passes("dma nic pasid 9 read 0x1000 => fault no-pasid-entry");
    fails("dma nic pasid 9 read 0x1000 => fault not-mapped");
    passes("dma disk read 0x8000_0000 => fault not-mapped");
    passes("unmap gpa 0x0 + 1G  map gpa 0x0 + 4K -> ram r  dma disk write 0x0 => fault no-access");
    passes("unmap gpa 0x0 + 1G  map gpa 0x0 + 4K -> ram r  dma disk write 0x0 => fault not-mapped");
    fails("dma disk read 0x8000_0000 => fault no-access");
    fails("dma disk read 0x8000_0000 => fault 0x71");
    fails("dma disk read 0x8000_0000 => ok");
  });

  it("of the wire is compared as well", () => {
    passes("dma nic read 0x1000 => ram[0x1000] wire none");
    fails("dma nic read 0x1000 => ram[0x1000] wire 1");
    passes("dma nic pasid 9 read 0x1000 => fault wire 9");
    fails("dma nic pasid 9 read 0x1000 => fault wire none");
  });

  it("of ENQCMD can be the exit, with or without its number", () => {
    passes("kvm translation vm0 on  enqcmd db to wq0 write 0x0 => vm-exit");
    passes("kvm translation vm0 on  enqcmd db to wq0 write 0x0 => vm-exit 72");
    fails("kvm translation vm0 on  enqcmd db to wq0 write 0x0 => vm-exit 73");
    passes("enqcmd db to wq0 write 0x0 => refused");
    passes("set-pasid db none  enqcmd db to wq0 write 0x0 => #gp");
    fails("enqcmd db to wq0 write 0x0 => #gp");
    fails("enqcmd db to wq0 write 0x0 => ENOENT");
    fails("enqcmd db to wq0 write 0x0");
  });

  it("of ENQCMD to a category-4 device is the errno of P029 or `refused`", () => {
    passes("unbind q4 => EINVAL");
    passes("bind q4 to vm0  attach q4 -> gpa  enqcmd db to q4 write 0x0 => EOPNOTSUPP");
    passes("bind q4 to vm0  attach q4 -> gpa  enqcmd db to q4 write 0x0 => refused");
  });

  it("of a page response speaks of every resumed request", () => {
    const fault = `attach nic pasid 7 -> gva  dma nic pasid 7 read 0x1000 => page-request\n`;
    const child = `ioasid gva on gpa page-table\n${fault}`;
    passes(
      `${child}pte gva 0x1000 + 4K -> 0x2000  respond gva 0x1000 success for nic pasid 7 => ram[0x2000] wire 7`,
    );
    fails(`${child}pte gva 0x1000 + 4K -> 0x2000  respond gva 0x1000 success for nic pasid 7 => ram[0x3000]`);
    fails(`${child}respond gva 0x1000 success for nic pasid 7`);
    passes(`${child}respond gva 0x1000 invalid for nic pasid 7`);
    passes(`${child}respond gva 0x1000 invalid for nic pasid 7 => ok`);
    passes(`${child}respond gva 0x1000 invalid for nic pasid 7 => fault not-mapped`);
  });
});

describe("the start state", () => {
  it("goes on behind a refused statement, and says that it is incomplete", () => {
    const result = run(
      `guest vm0 { memory ram at 0x4000_0000 + 1G  ioasid gpa  free gpa  map gpa 0x0 + 4K -> ram  ioasid gpa }`,
    );
    assert.equal(result.incomplete, true);
    assert.deepEqual(
      result.start.map(({ passed }) => passed),
      [true, true, false, true],
    );
    assert.deepEqual(findings(result), ["error U014 map gpa 0x0 + 4K -> ram"]);
    assert.equal(result.diagnostics[0]?.scenario, undefined);
  });

  it("is complete when the refusal is the stated one", () => {
    assert.equal(run("guest vm0 { ioasid gpa  unbind nic => EINVAL }").incomplete, false);
  });

  it("is where every scenario begins anew", () => {
    const text = `${VM}scenario "a" { unmap gpa 0x0 + 1G  dma nic read 0x1000 => fault }
      scenario "b" { dma nic read 0x1000 => ram[0x1000] }`;
    assert.deepEqual(
      run(text).scenarios.map(({ passed }) => passed),
      [true, true],
    );
  });
});

describe("what only follows from a refusal", () => {
  it("of a bind is information with the place of the bind", () => {
    const result = run("guest vm0 { ioasid gpa  bind dsa  attach dsa -> gpa }");
    assert.deepEqual(findings(result), ["error C005 bind dsa", "information P021 attach dsa -> gpa"]);
    assert.match(relatedOf(result.program, result.diagnostics[1])[0] ?? "", /^"bind dsa": this follows from/);
    assert.deepEqual(
      result.start.map(({ passed }) => passed),
      [true, false, false],
    );
  });

  it("of a bind in v1, which other devices and other spaces do not share", () => {
    const text =
      "guest vm1 { bind nic }\nguest vm0 { ioasid gpa  bind nic  attach nic -> gpa  attach disk -> gpa }";
    assert.deepEqual(findings(run(text, {}, "v1")), [
      "error P020 bind nic",
      "information P026 attach nic -> gpa",
      "error P021 attach disk -> gpa",
    ]);
  });

  it("of an `ioasid` is information, and so is what follows from that", () => {
    const result = run(`guest vm0 {
      memory ram at 0x4000_0000 + 1G  bind nic
      ioasid gpa  attach nic -> gpa
      ioasid gva on gpa page-table
      ioasid third on gva page-table
      attach nic pasid 7 -> third
      detach nic pasid 7 from third
    }`);
    assert.deepEqual(findings(result), [
      "error P025 ioasid third on gva page-table",
      "information U014 attach nic pasid 7 -> third",
      "information U014 detach nic pasid 7 from third",
    ]);
  });

  it("of an attach is information when a child is attached", () => {
    const result = run(`${VM}guest vm1 {
      memory heap at 0x0 + 1M  ioasid top  ioasid one { map 0x0 + 4K -> heap }  ioasid below on one page-table
      bind q4  attach q4 -> top
      attach q4 -> one
      attach q4 -> below
    }`);
    assert.deepEqual(findings(result).slice(0, 2), [
      "error P002 attach q4 -> one",
      "information P015 attach q4 -> below",
    ]);
  });

  it("of a stated refusal is a mistake of its own", () => {
    const result = run("guest vm0 { ioasid gpa  bind dsa => EBUSY  attach dsa -> gpa }");
    assert.deepEqual(findings(result), ["hint C005 bind dsa", "error P021 attach dsa -> gpa"]);
  });

  it("is no excuse any more once the call has succeeded", () => {
    const result = run(`guest vm1 { ioasid top  ioasid one  ioasid below on one page-table
      bind q4  attach q4 -> top  attach q4 -> one
      detach q4 from top  attach q4 -> one  detach q4 from one
      attach q4 -> below }`);
    assert.deepEqual(findings(result), ["error P002 attach q4 -> one", "error P015 attach q4 -> below"]);
  });

  it("of the start state is known in scenarios", () => {
    const result = run(`guest vm0 { ioasid gpa  bind dsa }\nscenario "s" { attach dsa -> gpa }`);
    const last = result.diagnostics.filter(({ scenario: title }) => title === "s");
    assert.deepEqual(
      last.map(({ code, severity }) => [code, severity]),
      [["P021", "information"]],
    );
    assert.equal(result.scenarios[0]?.passed, false);
  });
});

describe("assertions", () => {
  it("that hold say nothing", () => {
    const steps =
      "assert ppasid wq0 == 1  assert ppasid nic pasid 7 == none  assert reports wq0 pasid cpu cpu-virt";
    assert.deepEqual(scenario(steps).found, []);
  });

  it("that fail say what is so", () => {
    const { found, passed, result } = scenario("assert ppasid wq0 == 5");
    assert.deepEqual(found, ["error U091 assert ppasid wq0 == 5"]);
    assert.equal(passed, false);
    assert.match(result.diagnostics[0]!.message, /"ppasid wq0".*5.*1/);
    assert.match(scenario("assert reports nic none").result.diagnostics[0]!.message, /none.*pasid/);
    assert.match(scenario("assert kvm vm0 pasid 7 == 3").result.diagnostics[0]!.message, /3.*none/);
  });

  it("about isolation show a counterexample with the statements that map it", () => {
    const { found, result } = scenario("assert isolated nic, disk");
    assert.deepEqual(found, ["error U091 assert isolated nic, disk"]);
    assert.match(result.diagnostics[0]!.message, /nic without PASID at 0x0 gets to 0x100000000/);
    const places = relatedOf(result.program, result.diagnostics[0]);
    assert.ok(
      places.some((place) => place.startsWith(`"map 0x0 + 1G -> ram"`)),
      places.join("\n"),
    );
  });

  it("about reach show what is missing", () => {
    const { passed, result } = scenario(
      "unmap gpa 0x0 + 1G  map gpa 0x0 + 4K -> ram  assert reaches nic -> ram[0x0 + 8K]",
    );
    assert.equal(passed, false);
    assert.match(result.diagnostics[0]!.message, /0x100001000/);
    assert.equal(scenario("assert reaches nic -> ram").passed, true);
  });
});

describe("what is seen beside the outcome", () => {
  const MIX = `pdev vf at 3d:00.0 { category 3  pasid-width 16  enqcmd }
allow P009
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa { map 0x0 + 1G -> ram }
  bind wq0  bind vf
  attach wq0 -> gpa  attach vf -> gpa
  ioasid one on gpa page-table { pte 0x1000 + 4K -> 0x1000 }
  ioasid two on gpa page-table { pte 0x1000 + 4K -> 0x2000 }
  attach wq0 pasid 7 -> one
  kvm map pasid 7 -> one
  attach vf pasid 7 -> two
`;

  it("is that a rule was set aside", () => {
    const result = run(`${MIX}}\n`);
    assert.ok(
      findings(result).some((each) => each.startsWith("information P009")),
      findings(result).join("\n"),
    );
    assert.equal(result.incomplete, false);
  });

  it("is that a request reached another space than the registered one", () => {
    const text = `${MIX}  ioasid three on gpa page-table { pte 0x1000 + 4K -> 0x3000 }\n  attach vf pasid 3 -> three\n}\n`;
    const mixed = (steps: string): string[] =>
      findings(run(`${text}scenario "s" { ${steps} }`)).filter((each) => each.includes("U092"));
    const statement = "enqcmd db to vf write 0x1000";
    assert.deepEqual(mixed(statement), [`information U092 ${statement}`]);
    assert.deepEqual(mixed(`${statement} => ram[0x3000] wire 3`), [`hint U092 ${statement}`]);
  });

  it("is that a translation was stale", () => {
    const steps = `ioasid gva on gpa page-table { pte 0x1000 + 4K -> 0x1000 }  attach nic pasid 7 -> gva
      dma nic pasid 7 read 0x1000
      pte gva 0x1000 + 4K none
      dma nic pasid 7 read 0x1000`;
    const { found, passed } = scenario(steps);
    assert.deepEqual(found, ["warning U093 dma nic pasid 7 read 0x1000"]);
    assert.equal(passed, true);
    const stated = scenario(`${steps} => ram[0x1000]`);
    assert.deepEqual(stated.found, ["information U093 dma nic pasid 7 read 0x1000"]);
  });
});

describe("what no single call shows", () => {
  const shared = `ioasid gva on gpa page-table  attach wq0 pasid 7 -> gva`;

  it("is told once for the start state, and in a scenario for its own attaches", () => {
    const inStart = run(`${VM.replace(/}\n$/, `  ${shared}\n}\n`)}scenario "s" { dma nic read 0x0 }`);
    assert.deepEqual(findings(inStart), ["warning P010 attach wq0 pasid 7 -> gva"]);
    assert.deepEqual(scenario(shared).found, ["warning P010 attach wq0 pasid 7 -> gva"]);
    assert.equal(scenario(shared).passed, true);
  });

  it("is a hint where the scenario states what comes of it", () => {
    const { found } = scenario(`${shared}  kvm translation vm0 on  enqcmd db to wq0 write 0x0 => vm-exit`);
    assert.ok(
      found.every((each) => each.startsWith("hint")),
      found.join("\n"),
    );
  });
});

describe("a run in slices", () => {
  const program = compileText(
    `${HARDWARE}${VM}scenario "a" { dma nic read 0x0  free gpa }\nscenario "b" { }`,
  );

  it("gives what a run in one piece gives, whatever the slices", () => {
    const whole = runToEnd(program);
    const facts = ({ start: steps, scenarios, diagnostics, incomplete }: RunResult): unknown => ({
      start: steps.map(({ outcome, passed }) => ({ outcome, passed })),
      scenarios: scenarios.map(({ scenario: { title }, passed, steps: each }) => ({
        title,
        passed,
        count: each.length,
      })),
      diagnostics,
      incomplete,
    });
    for (const budget of [1, 2, 3, 7, 1000]) {
      const sliced = start(program);
      while (sliced.advance(budget));
      assert.deepEqual(facts(sliced.result()), facts(whole));
    }
  });

  it("can be asked in between for what is known so far", () => {
    const sliced = start(program);
    assert.equal(sliced.advance(2), true);
    assert.equal(sliced.result().start.length, 2);
    assert.deepEqual(sliced.result().scenarios, []);
  });

  it("says that it is finished, again and again", () => {
    const sliced = start(program);
    while (sliced.advance(1000));
    assert.equal(sliced.advance(1), false);
    assert.equal(sliced.result().scenarios.length, 2);
  });

  it("runs only the scenarios that are asked for", () => {
    const result = runToEnd(program, { scenarios: new Set(["b"]) });
    assert.deepEqual(
      result.scenarios.map(({ scenario: { title } }) => title),
      ["b"],
    );
  });

  it("keeps the stages of the walks only when asked", () => {
    const stages = (record: boolean): unknown =>
      runToEnd(program, { record }).scenarios[0]!.steps[0]!.outcome?.stages;
    assert.equal(stages(false), undefined);
    assert.ok(Array.isArray(stages(true)));
  });
});

describe("a migration", () => {
  it("goes to a host on which the tenants of imported files are, and nobody else", () => {
    const tenant = `guest tenant { ioasid theirs  bind q4  attach q4 -> theirs  attach q4 pasid 7 -> theirs }`;
    const text = `import "tenant"\nguest other { ioasid own  bind q5  attach q5 -> own  attach q5 pasid 7 -> own }
      guest vm0 { ioasid gpa  bind q6  attach q6 -> gpa  ioasid gva on gpa page-table  attach q6 pasid 7 -> gva }
      mdev q5 on dsa { category 4 }  mdev q6 on dsa { category 4 }
      scenario "s" { assert ppasid q6 pasid 7 == 7  migrate vm0  assert ppasid q6 pasid 7 == 6 }
      scenario "again" { migrate vm0  assert ppasid q6 pasid 7 == 6 }`;
    const result = run(text, { tenant });
    assert.deepEqual(
      findings(result).filter((each) => /^(error|warning)/.test(each)),
      [],
    );
    assert.deepEqual(
      result.scenarios.map(({ passed }) => passed),
      [true, true],
    );
  });
});

describe("the findings of a run", () => {
  it("are in the order of the files, the root file first", () => {
    const result = run(
      `scenario "s" { free vm0.gpa }\nimport "a"\nguest vm1 { ioasid x  unmap x 0x0 + 4K }`,
      {
        a: "guest vm0 { ioasid gpa  bind nic  attach nic -> gpa  unmap gpa 0x0 + 4K }",
      },
    );
    assert.deepEqual(findings(result), [
      "error P016 free vm0.gpa",
      "error U004 unmap x 0x0 + 4K",
      "error U004 unmap gpa 0x0 + 4K",
    ]);
  });

  it("of compiling are among them", () => {
    const result = runToEnd(compileText("guest vm0 { bind nix }"));
    assert.deepEqual(
      result.diagnostics.map(({ code }) => code),
      ["S040"],
    );
  });
});

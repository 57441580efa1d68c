import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { CheckJson, RunJson } from "../../engine/report/index.js";
import { GOOD, ioasid, WRONG } from "./program.js";

const run = (input: string) =>
  JSON.parse(ioasid(["run", "-", "--format", "json"], { input }).stdout) as RunJson;
const check = (input: string) =>
  JSON.parse(ioasid(["check", "-", "--format", "json"], { input }).stdout) as CheckJson;

describe("the JSON of check", () => {
  it("is an empty list for a good file", () => {
    assert.deepEqual(check(GOOD), { version: 1, diagnostics: [] });
  });

  it("has the place of a diagnostic, counted from 0", () => {
    const [diagnostic, ...others] = check(WRONG).diagnostics;
    assert.deepEqual(others, []);
    assert.deepEqual(Object.keys(diagnostic ?? {}), [
      "file",
      "code",
      "severity",
      "message",
      "range",
      "related",
    ]);
    assert.equal(diagnostic?.file, "<stdin>");
    assert.equal(diagnostic?.severity, "error");
    assert.deepEqual(diagnostic?.range, {
      start: { line: 10, character: 22 },
      end: { line: 10, character: 36 },
    });
  });
});

describe("the JSON of run", () => {
  it("has one file with its scenarios, their steps and the tables", () => {
    const { version, files } = run(GOOD);
    assert.equal(version, 1);
    const [file] = files;
    assert.deepEqual(Object.keys(file ?? {}), ["file", "diagnostics", "scenarios", "tables"]);
    const [scenario] = file?.scenarios ?? [];
    assert.deepEqual(Object.keys(scenario ?? {}), ["title", "passed", "steps"]);
    const [step] = scenario?.steps ?? [];
    const { stages, ...facts } = step ?? assert.fail();
    assert.deepEqual(facts, {
      line: 10,
      text: "dma nic read 0x1000",
      outcome: "ram[0x1000]",
      expected: "ram[0x1000]",
      passed: true,
      wire: null,
      ppasid: null,
      hpa: "0x100001000",
    });
    assert.ok(stages.length > 0);
    for (const stage of stages) {
      assert.deepEqual(Object.keys(stage), ["kind", "text", "level", "index", "file", "line"]);
    }
    assert.deepEqual(file?.tables, {
      pasid: [
        {
          rid: "3b:00.0",
          ppasid: 0,
          vpasid: null,
          device: "nic",
          use: "default",
          space: "vm0.gpa",
          namespace: "rid",
        },
      ],
      kvm: [],
      kvmRequired: [],
    });
  });

  it("says what was stated beside what came of it", () => {
    const [step] = run(WRONG).files[0]?.scenarios[0]?.steps ?? [];
    assert.deepEqual([step?.outcome, step?.expected, step?.passed], ["ram[0x1000]", "ram[0x2000]", false]);
  });

  it("has null where nothing was stated", () => {
    const [step] = run(GOOD.replace(" => ram[0x1000]", "")).files[0]?.scenarios[0]?.steps ?? [];
    assert.deepEqual([step?.expected, step?.passed], [null, true]);
  });

  it("has every slot, requirement and number of a shared queue", () => {
    const { status, stdout } = ioasid(["run", "examples/guest-sva.ioasid", "--format", "json"]);
    assert.equal(status, 0);
    const [file] = (JSON.parse(stdout) as RunJson).files;
    assert.ok((file?.tables.pasid.length ?? 0) > 2);
    assert.deepEqual(Object.keys(file?.tables.kvm[0] ?? {}), [
      "guest",
      "vpasid",
      "ppasid",
      "directory",
      "directoryIndex",
      "tableIndex",
      "space",
    ]);
    assert.deepEqual(Object.keys(file?.tables.kvmRequired[0] ?? {}), [
      "guest",
      "device",
      "vpasid",
      "space",
      "ppasid",
      "state",
      "current",
    ]);
  });

  it("is on one line and ends with a line end", () => {
    const { stdout } = ioasid(["run", "-", "--format", "json"], { input: GOOD });
    assert.equal(stdout.indexOf("\n"), stdout.length - 1);
  });

  it("has no field that docs/json.md does not explain", () => {
    const documented = readFileSync("docs/json.md", "utf8");
    const fields = new Set<string>();
    const { stdout } = ioasid(["run", "examples/guest-sva.ioasid", "--format", "json"]);
    JSON.parse(stdout, (key, value) => {
      if (key !== "" && Number.isNaN(Number(key))) fields.add(key);
      return value;
    });
    assert.ok(fields.size > 30);
    for (const field of fields)
      assert.match(documented, new RegExp(`\`[^\`\\n]*\\b${field}\\b[^\`\\n]*\``), field);
  });
});

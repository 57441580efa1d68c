import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CheckJson } from "../../engine/report/index.js";
import { folderWith, GOOD, ioasid, remove } from "./program.js";

/** Two guests with equal vPASIDs on slices of one device: P027, which only informs. */
const EQUAL = `iommu vtd { pasid-width 20 }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20 }
mdev wq0 on dsa { category 4 }
mdev wq1 on dsa { category 4 }
guest vm0 { bind wq0  ioasid a  attach wq0 pasid 7 -> a }
guest vm1 { bind wq1  ioasid b  attach wq1 pasid 7 -> b }
`;

const level = (word: string): string => `{ "rules": { "P027": "${word}" } }`;

describe("ioasid.config.json", () => {
  const folders: string[] = [];

  function folder(files: Readonly<Record<string, string>>): string {
    const path = folderWith(files);
    folders.push(path);
    return path;
  }

  afterEach(() => {
    for (const path of folders.splice(0)) remove(path);
  });

  /** Codes and severities of what `check` finds, and its exit status. */
  function check(cwd: string, ...files: string[]): { told: string[]; status: number | null } {
    const { stdout, status } = ioasid(["check", "--format", "json", ...files], { cwd });
    const { diagnostics } = JSON.parse(stdout) as CheckJson;
    return { told: diagnostics.map(({ file, code, severity }) => `${file} ${code} ${severity}`), status };
  }

  it("holds for the files of its folder: a level of error makes the exit status 1", () => {
    const cwd = folder({ "a.ioasid": EQUAL });
    assert.deepEqual(check(cwd, "a.ioasid"), { told: ["a.ioasid P027 information"], status: 0 });
    const strict = folder({ "a.ioasid": EQUAL, "ioasid.config.json": level("error") });
    assert.deepEqual(check(strict, "a.ioasid"), { told: ["a.ioasid P027 error"], status: 1 });
    const quiet = folder({ "a.ioasid": EQUAL, "ioasid.config.json": level("off") });
    assert.deepEqual(check(quiet, "a.ioasid"), { told: [], status: 0 });
  });

  it("holds for the folders below, and the nearest one counts", () => {
    const cwd = folder({
      "ioasid.config.json": level("error"),
      "deep/er/a.ioasid": EQUAL,
      "near/a.ioasid": EQUAL,
      "near/ioasid.config.json": level("warning"),
    });
    assert.deepEqual(check(cwd, "deep/er/a.ioasid", "near/a.ioasid").told, [
      "deep/er/a.ioasid P027 error",
      "near/a.ioasid P027 warning",
    ]);
    assert.deepEqual(check(join(cwd, "deep"), "er/a.ioasid").told, ["er/a.ioasid P027 error"]);
  });

  it("does not hold beyond the folder of a workspace", () => {
    const cwd = folder({
      "ioasid.config.json": level("error"),
      "own/package.json": "{}",
      "own/a.ioasid": EQUAL,
    });
    assert.deepEqual(check(cwd, "own/a.ioasid").told, ["own/a.ioasid P027 information"]);
  });

  it("of the current folder holds for standard input", () => {
    const cwd = folder({ "ioasid.config.json": level("error") });
    assert.equal(ioasid(["check", "-"], { cwd, input: EQUAL }).status, 1);
  });

  it("that is broken is told once, at its place, however many files it holds for", () => {
    const cwd = folder({
      "a.ioasid": GOOD,
      "b.ioasid": GOOD,
      "ioasid.config.json": '{ "rules": { "P027": } }',
    });
    const { status, stdout } = ioasid(["check", "a.ioasid", "b.ioasid"], { cwd });
    assert.equal(status, 1);
    assert.equal(stdout.split("ioasid.config.json:1:22").length, 2, stdout);
    assert.match(stdout, /A value is missing here/);
    assert.match(stdout, /b\.ioasid: nothing to report/);
  });

  it("that is a folder, or no text, is told and nothing else is lost", () => {
    const cwd = folder({ "a.ioasid": EQUAL });
    mkdirSync(join(cwd, "ioasid.config.json"));
    assert.deepEqual(check(cwd, "a.ioasid"), {
      told: ["a.ioasid P027 information", "ioasid.config.json S067 error"],
      status: 1,
    });
    const binary = folder({ "a.ioasid": EQUAL, "ioasid.config.json": "\u0000\u0001\u0002" });
    assert.equal(check(binary, "a.ioasid").status, 1);
  });

  it("may begin with a byte order mark", () => {
    const cwd = folder({ "a.ioasid": EQUAL, "ioasid.config.json": `\uFEFF${level("off")}` });
    assert.deepEqual(check(cwd, "a.ioasid"), { told: [], status: 0 });
  });

  it("sets the policy of files that state none", () => {
    const pools = `${EQUAL}scenario "numbers" { assert ppasid wq1 == 2 }\n`;
    const cwd = folder({ "a.ioasid": pools, "ioasid.config.json": '{ "policy": "simple" }' });
    assert.equal(ioasid(["run", "a.ioasid"], { cwd }).status, 0);
  });
});

describe("a switch in a comment", () => {
  it("hides a finding on the command line, and a file with nothing else is fine", () => {
    const text = EQUAL.replace("guest vm1", "// ioasid-ignore P027 -- both count from 7\nguest vm1");
    const { status, stdout } = ioasid(["check", "-"], { input: text });
    assert.deepEqual([status, stdout], [0, "<stdin>: nothing to report\n"]);
  });

  it("does not make a failed step pass", () => {
    const text = GOOD.replace("=> ram[0x1000]", "=> ram[0x2000] // ioasid-ignore U090 -- later");
    for (const command of ["check", "run"]) {
      const { status, stdout } = ioasid([command, "-"], { input: text });
      assert.equal(status, 1);
      assert.match(stdout, /S070/);
    }
  });
});

describe("a rule that fails", () => {
  /** Calls the program, of which one part of a rule fails. */
  function failing(rule: string, part: string, args: readonly string[], input: string) {
    const at = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);
    const script = `
      import { RULES } from ${at("engine/language/index.js")};
      RULES.get("${rule}").${part} = () => { throw new Error("injected"); };
      await import(${at("cli/main.js")});
    `;
    const all = ["--input-type=module", "--eval", script, "ioasid", ...args];
    return spawnSync(process.execPath, all, { input, encoding: "utf8" });
  }

  it("makes the exit status 3, and the other findings are still told", () => {
    const wrong = `${EQUAL}scenario "s" { dma wq0 pasid 9 read 0x0 => EINVAL }\n`;
    const { status, stdout } = failing("P027", "message", ["check", "-"], wrong);
    assert.equal(status, 3, stdout);
    assert.match(stdout, /error S069 {2}internal error/);
    assert.match(stdout, /Rule P027 failed at its own work \(Error: injected\)/);
    assert.match(stdout, /error U090/);
  });

  it("does so also when only its fixes fail", () => {
    const wrong = GOOD.replace("bind nic", "bind nix");
    const sarif = failing("S040", "fixes", ["check", "--format", "sarif", "-"], wrong);
    assert.equal(sarif.status, 3, sarif.stderr);
    assert.equal(sarif.stderr.split("Rule S040 failed at its own work (Error: injected)").length, 2);
    assert.match(sarif.stdout, /"S040"/);
    const { status, stderr } = failing("S040", "fixes", ["check", "--fix", "-"], wrong);
    assert.equal(status, 3, stderr);
    assert.match(stderr, /Rule S040 failed at its own work/);
  });
});

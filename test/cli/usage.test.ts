import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { RunJson } from "../../engine/report/index.js";
import { folderWith, GOOD, ioasid, remove, WRONG } from "./program.js";

describe("ioasid", () => {
  let folder: string;
  before(() => {
    folder = folderWith({ "good.ioasid": GOOD, "wrong.ioasid": WRONG, "inner/package.json": "{}" });
  });
  after(() => remove(folder));
  const call = (...args: string[]) => ioasid(args, { cwd: folder });

  describe("without a job", () => {
    it("says what it can do", () => {
      const { status, stdout } = call("--help");
      assert.equal(status, 0);
      for (const word of [
        "ioasid run",
        "ioasid check",
        "--scenario",
        "--format",
        "--no-color",
        "Exit status",
      ]) {
        assert.ok(stdout.includes(word), word);
      }
      assert.ok(stdout.split("\n").every((line) => line.length <= 100));
    });

    it("says its version, which is that of the package", () => {
      const { version } = JSON.parse(readFileSync("package.json", "utf8"));
      assert.deepEqual(call("--version"), { status: 0, stdout: `ioasid ${version}\n`, stderr: "" });
    });
  });

  describe("called wrongly", () => {
    const wrong: readonly [name: string, args: string[], says: RegExp][] = [
      ["without a command", [], /No command was given/],
      ["with a command that there is not", ["simulate", "good.ioasid"], /no command "simulate"/],
      ["without a file", ["run"], /No file was given to run/],
      ["with a format that there is not", ["run", "good.ioasid", "--format", "xml"], /no format "xml"/],
      ["with an option that there is not", ["run", "good.ioasid", "--colour"], /--colour/],
      ["with an option that lacks its value", ["run", "good.ioasid", "--scenario"], /--scenario/],
      ["with standard input twice", ["run", "-", "-"], /only once/],
      [
        "with a scenario to check",
        ["check", "good.ioasid", "--scenario", "it reads"],
        /--scenario belongs to run/,
      ],
      [
        "with a scenario that no file has",
        ["run", "good.ioasid", "--scenario", "it writes"],
        /there are "it reads"/,
      ],
      ["with a file that there is not", ["run", "missing.ioasid"], /no file "missing.ioasid"/],
      ["with a directory", ["check", "inner"], /"inner" is a directory/],
      ["with a path through a file", ["check", "good.ioasid/x.ioasid"], /no file "good.ioasid\/x.ioasid"/],
    ];
    for (const [name, args, says] of wrong) {
      it(`${name} ends with 2, says why, and prints nothing else`, () => {
        const { status, stdout, stderr } = call(...args);
        assert.equal(status, 2);
        assert.match(stderr, says);
        assert.doesNotMatch(stderr, /\n\s+at /);
        assert.equal(stdout, "");
      });
    }

    it("with a link to itself says so", () => {
      symlinkSync("loop.ioasid", join(folder, "loop.ioasid"));
      const { status, stderr } = call("check", "loop.ioasid");
      assert.equal(status, 2);
      assert.match(stderr, /symbolic links form a loop/);
    });

    it("with one file that cannot be read still does the others", () => {
      const { status, stdout, stderr } = call("run", "missing.ioasid", "good.ioasid");
      assert.equal(status, 2);
      assert.match(stderr, /missing.ioasid/);
      assert.match(stdout, /1 scenario passed/);
    });
  });

  describe("run", () => {
    it("ends with 0 when all is as stated", () => {
      const { status, stdout, stderr } = call("run", "good.ioasid");
      assert.equal(stderr, "");
      assert.match(stdout, /✓ 11 {2}dma nic read 0x1000 {2}ram\[0x1000\]/);
      assert.match(stdout, /1 scenario passed, 1 step as stated/);
      assert.equal(status, 0);
    });

    it("ends with 1 when an outcome is not the stated one, and shows both", () => {
      const { status, stdout } = call("run", "wrong.ioasid");
      assert.equal(status, 1);
      assert.match(stdout, /✗ 11 {2}dma nic read 0x1000 {2}ram\[0x1000\]/);
      assert.match(stdout, /expected ram\[0x2000\]/);
    });

    it("runs only the scenario that was asked for", () => {
      const two = `${GOOD}scenario "it fails" {\n  dma nic read 0x1000 => ram[0x0]\n}\n`;
      const all = ioasid(["run", "-"], { input: two });
      const one = ioasid(["run", "-", "--scenario", "it reads"], { input: two });
      assert.equal(all.status, 1);
      assert.equal(one.status, 0);
      assert.doesNotMatch(one.stdout, /it fails/);
    });

    it("does several files, and ends with the worst", () => {
      const { status, stdout } = call("run", "good.ioasid", "wrong.ioasid");
      assert.equal(status, 1);
      assert.ok(stdout.indexOf("good.ioasid") < stdout.indexOf("wrong.ioasid"));
      assert.match(stdout, /\n2 files · 1 of 2 scenarios failed, 1 of 2 steps not as stated · 1 error\n$/);
    });

    it("reads standard input", () => {
      const { status, stdout } = ioasid(["run", "-"], { input: GOOD });
      assert.equal(status, 0);
      assert.match(stdout, /^<stdin>\n/);
    });

    it("reads a pipe that the shell made a file of", async () => {
      const shell = spawn(
        "bash",
        ["-c", 'node "$0" run <(cat good.ioasid)', join(process.cwd(), "dist/ioasid.js")],
        {
          cwd: folder,
          stdio: "ignore",
        },
      );
      const status = await new Promise((resolve) => shell.on("close", resolve));
      assert.equal(status, 0);
    });
  });

  describe("check", () => {
    it("ends with 0 and one line when there is nothing to say", () => {
      assert.deepEqual(call("check", "good.ioasid"), {
        status: 0,
        stdout: "good.ioasid: nothing to report\n",
        stderr: "",
      });
    });

    it("ends with 1 and shows the line of each error with carets", () => {
      const { status, stdout } = call("check", "wrong.ioasid");
      assert.equal(status, 1);
      assert.match(stdout, /wrong\.ioasid:11:23/);
      assert.match(stdout, /11 \| {3}dma nic read 0x1000 => ram\[0x2000\]\n\s+\| +\^{14}\n/);
      assert.match(stdout, /wrong.ioasid: 1 error\n\n$/);
    });
  });

  describe("colours", () => {
    it("are not in a pipe", () => assert.ok(!call("run", "wrong.ioasid").stdout.includes("\u001b")));
  });

  describe("a long run", () => {
    const long = `${GOOD}scenario "long" {\n${"  dma nic read 0x1000\n".repeat(100_000)}}\n`;

    /** Sends the signal as soon as the program listens for it. */
    const signal = `process.on("newListener", (name) => {
      if (name === "SIGINT") setImmediate(() => process.kill(process.pid, "SIGINT"));
    });`;

    it("is stopped by SIGINT, ends with 130 and prints what ran until then", () => {
      const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(signal)}` };
      const { status, stdout, stderr } = ioasid(["run", "-", "--format", "json"], { input: long, env });
      assert.equal(stderr, "ioasid: interrupted in <stdin>; what follows is only what ran until then.\n");
      const { files } = JSON.parse(stdout) as RunJson;
      assert.deepEqual(
        files[0]?.scenarios.map(({ title }) => title),
        ["it reads"],
      );
      assert.equal(status, 130);
    });
  });

  it("is quiet when its reader goes away", async () => {
    const scenario = Array.from({ length: 20000 }, () => "  dma nic read 0x1000").join("\n");
    const big = `${GOOD}scenario "long" {\n${scenario}\n}\n`;
    const child = spawn(process.execPath, ["dist/ioasid.js", "run", "-", "--format", "json"]);
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.stdin.end(big);
    child.stdout.once("data", () => child.stdout.destroy());
    await new Promise((resolve) => child.on("close", resolve));
    assert.equal(stderr, "");
  });
});

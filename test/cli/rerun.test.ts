import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { folderWith, GOOD, ioasid, remove } from "./program.js";

const WAITING = "waiting for changes";

/** A program that goes on until it is told to end, and what it has said so far. */
class Running {
  private readonly child: ChildProcess;
  private said = "";

  constructor(args: readonly string[], cwd: string) {
    const env = { ...process.env, NODE_V8_COVERAGE: "" };
    this.child = spawn(process.execPath, [resolve("dist/ioasid.js"), ...args], { cwd, env });
    const hear = (chunk: Buffer) => {
      this.said += chunk.toString();
    };
    this.child.stdout?.on("data", hear);
    this.child.stderr?.on("data", hear);
  }

  /** Waits until the program has finished so many runs, and gives what it said in the last one. */
  async runs(count: number): Promise<string> {
    for (;;) {
      const parts = this.said.split(WAITING);
      if (parts.length > count) return parts[count - 1]!;
      await Promise.race([once(this.child.stdout!, "data"), once(this.child.stderr!, "data")]);
    }
  }

  /** For a test that failed: nothing may go on. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  async end(): Promise<number | null> {
    const exit = once(this.child, "exit");
    this.child.kill("SIGINT");
    const [status] = await exit;
    return status as number | null;
  }
}

describe("--watch", () => {
  it("runs again after a change of the file, and ends at SIGINT with the status of the last run", async () => {
    const folder = folderWith({ "a.ioasid": GOOD });
    const running = new Running(["check", "--watch", "a.ioasid"], folder);
    try {
      assert.match(await running.runs(1), /nothing to report/);
      writeFileSync(join(folder, "a.ioasid"), GOOD.replace("=> ram[0x1000]", "=> ram[0x2000]"));
      assert.match(await running.runs(2), /U090/);
      writeFileSync(join(folder, "a.ioasid"), GOOD);
      assert.match(await running.runs(3), /nothing to report/);
      writeFileSync(join(folder, "a.ioasid"), "pdev");
      assert.match(await running.runs(4), /1 error/);
      assert.equal(await running.end(), 1);
    } finally {
      running.kill();
      remove(folder);
    }
  });

  it("sees what the file imports, and a configuration", async () => {
    const hardware =
      "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 3  pasid-width 8 }\n";
    const folder = folderWith({
      "main.ioasid":
        'import "hardware.ioasid"\nguest vm0 { bind nic  ioasid gpa  attach nic -> gpa  attach nic pasid 300 -> gpa }\n',
      "hardware.ioasid": hardware,
      "ioasid.config.json": "{}",
    });
    const running = new Running(["run", "--watch", "main.ioasid"], folder);
    try {
      assert.match(await running.runs(1), /P003/);
      writeFileSync(join(folder, "hardware.ioasid"), hardware.replace("pasid-width 8", "pasid-width 16"));
      assert.doesNotMatch(await running.runs(2), /P003/);
      writeFileSync(join(folder, "ioasid.config.json"), '{ "rules": { "P999": "off" } }');
      assert.match(await running.runs(3), /P999/);
      assert.notEqual(await running.end(), null);
    } finally {
      running.kill();
      remove(folder);
    }
  });

  it("sees a configuration and an import that were not there before", async () => {
    const folder = folderWith({ "a.ioasid": `import "hardware.ioasid"\n${GOOD}`, "package.json": "{}" });
    const running = new Running(["check", "--watch", "a.ioasid"], folder);
    try {
      assert.match(await running.runs(1), /There is no file "hardware.ioasid"/);
      writeFileSync(join(folder, "hardware.ioasid"), "");
      assert.match(await running.runs(2), /nothing to report/);
      writeFileSync(join(folder, "ioasid.config.json"), '{ "rules": { "P999": "off" } }');
      assert.match(await running.runs(3), /P999/);
      await running.end();
    } finally {
      running.kill();
      remove(folder);
    }
  });

  it("goes with files only, and not with --fix", () => {
    assert.equal(ioasid(["check", "--watch", "-"]).status, 2);
    assert.equal(ioasid(["check", "--watch", "--fix", "a.ioasid"]).status, 2);
  });
});

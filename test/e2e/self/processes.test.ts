import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openWorkbench } from "../driver/open.js";
import { Editor } from "../harness/editor.js";
import { PATIENCE_MS, until } from "../harness/eventually.js";
import { signalGroup, startGroup } from "../harness/process-group.js";
import { isSupported } from "../install/install.js";

describe("a group of processes", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  it("ends as a whole", async () => {
    const group = startGroup(["sh", "-c", "sleep 1000 & echo child $!; sleep 1000"], process.env);
    await until(() => group.output().includes("child"), PATIENCE_MS);
    const child = Number(/child (\d+)/.exec(group.output())?.[1]);

    await group.stop();

    assert.ok(group.hasEnded());
    assert.ok(!existsSync(`/proc/${child}`));
  });

  it("ends also when it takes no notice of the request", async () => {
    const group = startGroup(["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"], process.env);
    await until(() => group.output().includes("deaf"), PATIENCE_MS);

    await group.stop();

    assert.ok(group.hasEnded());
  });

  it("ends with whoever started it, even when that one is killed", async () => {
    const program = `
      import { startGroup } from ${JSON.stringify(new URL("../harness/process-group.js", import.meta.url).href)};
      const group = startGroup(["sh", "-c", "echo started; sleep 1000"], process.env);
      setInterval(() => group.output() && console.log(group.id), 20);`;
    const starter = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(starter.stdout, "data")) as [Buffer];
    const group = Number.parseInt(said.toString(), 10);
    assert.ok(signalGroup(group, 0));

    starter.kill("SIGKILL");

    assert.ok(await until(() => !signalGroup(group, 0), PATIENCE_MS));
  });
});

describe("an editor that stops", () => {
  before(function () {
    if (!isSupported) this.skip();
  });

  it("leaves no process and no file, with a window open", async () => {
    const editor = await Editor.start();
    await openWorkbench(editor, {
      folder: await editor.makeWorkspace({}),
      extension: resolve("dist/e2e/self/fixture-extension"),
    });
    const hasHost = () => processesOf(editor).some((command) => command.includes("--type=extensionHost"));
    assert.ok(await until(hasHost, PATIENCE_MS));

    await editor.stop();

    assert.deepEqual(processesOf(editor), []);
    assert.ok(!existsSync(editor.data));
  });
});

/** The commands of all processes that were started for an editor: its folder is in their environment. */
function processesOf(editor: Editor): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const isIts = readFileSync(`/proc/${pid}/environ`, "utf8").includes(editor.data);
        return isIts ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
      } catch {
        // It has ended in between.
        return [];
      }
    });
}

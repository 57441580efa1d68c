import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import type { Editor } from "../harness/editor.js";
import { runInHost } from "../harness/host.js";
import type { WorkspaceSource } from "../harness/workspace.js";
import type { HostReport } from "../host/report.js";
import { isSupported } from "../install/install.js";
import { sharedEditor } from "../mocha/shared-editor.js";

const FIXTURE = resolve("dist/e2e/self/fixture-extension");
const SUITE = resolve("dist/e2e/self/suites/failing.host.cjs");

const FROM_THE_FUTURE: WorkspaceSource = {
  files: {
    "package.json": JSON.stringify({
      name: "future",
      publisher: "tests",
      version: "1.0.0",
      main: "extension.js",
      engines: { vscode: "^1.999.0" },
    }),
    "extension.js": "exports.activate = () => {};",
  },
};

describe("suites inside the extension host", () => {
  let failing: PromiseSettledResult<HostReport>;
  let notLoaded: PromiseSettledResult<HostReport>;
  let withoutExtension: PromiseSettledResult<HostReport>;

  before("three windows run them at once", async function () {
    if (!isSupported) return this.skip();
    const editor = await sharedEditor();
    const broken = await editor.makeWorkspace({ files: { "broken.cjs": 'throw new Error("not today");' } });
    [failing, notLoaded, withoutExtension] = await Promise.allSettled([
      run(editor, FIXTURE, SUITE),
      run(editor, FIXTURE, join(broken, "broken.cjs")),
      run(editor, await editor.makeWorkspace(FROM_THE_FUTURE), SUITE),
    ]);
  });

  it("tell what came of each test", () => {
    assert.ok(failing.status === "fulfilled");
    const report = failing.value;
    assert.deepEqual(
      report.map(({ titles, state }) => `${titles.join(": ")} ${state}`),
      [
        "a suite: passes passed",
        "a suite: fails failed",
        "a suite: is not there yet pending",
        'a suite whose hook fails: "before all" hook for "never runs" failed',
      ],
    );
    assert.match(report[1]?.error ?? "", /one and one are not three[\s\S]*failing\.host/);
    assert.match(report[3]?.error ?? "", /the hook fails/);
    assert.ok(report.slice(0, 3).every(({ file }) => file === SUITE));
  });

  it("fail when one of them cannot be loaded", () => {
    assert.match(reasonOf(notLoaded), /not today/);
  });

  it("fail when VS Code refuses the extension", () => {
    assert.match(reasonOf(withoutExtension), /VS Code has not loaded tests\.future/);
  });
});

async function run(editor: Editor, extension: string, suite: string): Promise<HostReport> {
  return runInHost(editor, { workspace: await editor.makeWorkspace({}), extension, suites: [suite] });
}

function reasonOf(result: PromiseSettledResult<HostReport>): string {
  return result.status === "rejected" ? String(result.reason) : "";
}

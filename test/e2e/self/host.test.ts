import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import type { Editor } from "../harness/editor.js";
import { runInHost } from "../harness/host.js";
import { isSupported } from "../install/install.js";
import { sharedEditor } from "../mocha/shared-editor.js";

const SUITE = resolve("dist/e2e/self/suites/failing.host.cjs");

describe("suites inside the extension host", function () {
  this.timeout(120_000);
  let editor: Editor;

  before(async function () {
    if (!isSupported) return this.skip();
    editor = await sharedEditor();
  });

  it("tell what came of each test", async () => {
    const report = await runInHost(editor, {
      workspace: await editor.makeWorkspace({}),
      extension: resolve("dist/e2e/self/fixture-extension"),
      suites: [SUITE],
    });

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

  it("fail when one of them cannot be loaded", async () => {
    const workspace = await editor.makeWorkspace({
      files: { "broken.cjs": 'throw new Error("not today");' },
    });

    await assert.rejects(
      runInHost(editor, {
        workspace,
        extension: resolve("dist/e2e/self/fixture-extension"),
        suites: [join(workspace, "broken.cjs")],
      }),
      /not today/,
    );
  });

  it("fail when the extension does not load", async () => {
    const manifest = { name: "future", publisher: "tests", version: "1.0.0", main: "extension.js" };
    const extension = await editor.makeWorkspace({
      files: {
        "package.json": JSON.stringify({ ...manifest, engines: { vscode: "^1.999.0" } }),
        "extension.js": "exports.activate = () => {};",
      },
    });

    await assert.rejects(
      runInHost(editor, { workspace: await editor.makeWorkspace({}), extension, suites: [SUITE] }),
      /VS Code has not loaded tests\.future/,
    );
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EXPLAIN, type ExplainResult } from "../../server/protocol/index.js";
import { folderWith, GOOD, remove } from "../cli/program.js";
import { Running } from "../dap/running.js";
import { Session } from "../lsp/session.js";

interface Manifest {
  readonly files: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
}

describe("the package of npm, installed somewhere else", () => {
  let folder: string;

  /** The link that npm makes for a program. */
  const linkTo = (name: string): string => join(folder, "node_modules/.bin", name);

  /** Calls the program on the command line as a shell would. */
  function ioasid(...args: readonly string[]): string {
    const { stdout, stderr, status } = spawnSync(linkTo("ioasid"), args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE_V8_COVERAGE: "" },
    });
    assert.deepEqual([status, stderr], [0, ""]);
    return stdout;
  }

  before(() => {
    folder = folderWith({ "good.ioasid": GOOD });
    const { files, bin } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
    const installed = join(folder, "node_modules/ioasid");
    for (const path of ["package.json", ...files]) cpSync(path, join(installed, path), { recursive: true });
    mkdirSync(join(folder, "node_modules/.bin"));
    for (const [name, path] of Object.entries(bin)) {
      symlinkSync(join("../ioasid", path), join(folder, "node_modules/.bin", name));
    }
  });

  after(() => remove(folder));

  it("runs a file", () => {
    assert.match(ioasid("run", "good.ioasid"), /it reads/);
  });

  it("explains a rule, with the example that is read only then", () => {
    assert.match(ioasid("explain", "P003"), /ioasid check says:\n\n {2}error P003/);
  });

  it("has the language server, which finds the engine and the pages of the rules", async () => {
    const session = await Session.start({ program: linkTo("ioasid-language-server") });
    const uri = pathToFileURL(join(folder, "bad.ioasid")).toString();
    await session.open(uri, GOOD.replace("attach nic -> gpa", "attach nic pasid 7 -> gpa"));
    assert.equal((await session.findings(uri))[0]?.code, "P001");
    const page = await session.request<ExplainResult>(EXPLAIN, { page: "P001" });
    assert.match(page?.markdown ?? "", /^# P001: /);
    await session.stop();
  });

  it("has the debug adapter, which finds the engine", async () => {
    const running = await Running.start(GOOD, linkTo("ioasid-debug-adapter"));
    const { stackFrames } = (await running.client.stackTraceRequest({ threadId: 1 })).body;
    assert.equal(stackFrames[0]?.line, 11);
    await running.stop();
  });
});

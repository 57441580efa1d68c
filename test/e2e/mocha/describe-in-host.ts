import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { Test } from "mocha";
import { runInHost } from "../harness/host.js";
import type { WorkspaceSource } from "../harness/workspace.js";
import type { HostTest } from "../host/report.js";
import { isSupported } from "../install/install.js";
import { sharedEditor } from "./shared-editor.js";

/** Where the build puts the suites for the extension host. */
const COMPILED = resolve("dist/e2e");

const LIMIT_MS = 240_000;

/** Which suites run inside the extension host, and in what window. */
export interface HostOptions extends WorkspaceSource {
  /** A folder of test/e2e: all its files `*.host.ts` run, in one window. */
  readonly suites: string;
  /** The folder of an extension to load, from the root of the repository; this repository's own, if left out. */
  readonly extension?: string;
}

/** A suite whose tests are those of suites inside the extension host: each passes or fails as it does there. */
export function describeInHost(title: string, options: HostOptions): void {
  const suites = compiledSuites(options.suites);

  describe(title, () => {
    let report: readonly HostTest[] = [];

    before("the extension host runs the suites", async function () {
      if (!isSupported) return this.skip();
      this.timeout(LIMIT_MS);
      const editor = await sharedEditor();
      const workspace = await editor.makeWorkspace(options);
      report = await runInHost(editor, { workspace, suites, extension: resolve(options.extension ?? ".") });
      // Mocha takes the tests of a suite when the hooks before them have ended.
      for (const test of report) this.test?.parent?.addTest(declare(test));
    });

    for (const suite of suites) {
      it(`${relative(COMPILED, suite)} has tests`, () => {
        assert.ok(report.some(({ file }) => file === suite));
      });
    }
  });
}

function declare({ titles, state, error }: HostTest): Test {
  const title = titles.join(": ");
  if (state === "pending") return new Test(title);
  return new Test(title, () => {
    if (state === "failed") throw new HostFailure(error);
  });
}

/** Its stack is that of the extension host, where it happened. */
class HostFailure extends Error {
  constructor(stack = "") {
    super(stack.split("\n", 1)[0]);
    this.stack = stack;
  }
}

function compiledSuites(folder: string): string[] {
  const suites = readdirSync(join(COMPILED, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".host.cjs"))
    .map((name) => join(COMPILED, folder, name));
  if (suites.length === 0) throw new Error(`There is no *.host.ts in test/e2e/${folder}.`);
  return suites;
}

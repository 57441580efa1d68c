// What the tests in a real editor (test/e2e) load into its extension host, which wants CommonJS and has `vscode`.

import { copyFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const FIXTURE = "self/fixture-extension";

/** Writes the suites, what runs them and the harness's own extension to `dist/e2e`. */
export async function buildForRealEditor() {
  await rm("dist/e2e", { recursive: true, force: true });
  await build({
    entryPoints: ["test/e2e/host/run.ts", "test/e2e/**/*.host.ts", `test/e2e/${FIXTURE}/extension.ts`],
    outdir: "dist/e2e",
    outbase: "test/e2e",
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  await copyFile(`test/e2e/${FIXTURE}/package.json`, `dist/e2e/${FIXTURE}/package.json`);
}

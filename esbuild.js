// Builds everything into dist/: `node esbuild.js` the programs that people run,
// `node esbuild.js --tests` those and every source file one to one, for the tests and the benchmarks.

import { chmod, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";

const { version } = JSON.parse(await readFile("package.json", "utf8"));

await build({
  entryPoints: { ioasid: "cli/main.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  banner: { js: "#!/usr/bin/env node" },
  define: { IOASID_VERSION: JSON.stringify(version) },
  minifySyntax: true,
  logLevel: "warning",
});

await chmod("dist/ioasid.js", 0o755);

if (process.argv.includes("--tests")) {
  await rm("dist/out", { recursive: true, force: true });
  await build({
    entryPoints: ["engine/**/*.ts", "cli/**/*.ts", "syntaxes/**/*.ts", "bench/**/*.ts", "test/**/*.ts"],
    outdir: "dist/out",
    outbase: ".",
    bundle: false,
    platform: "node",
    target: "node20.19",
    format: "esm",
    sourcemap: "linked",
    define: { IOASID_VERSION: JSON.stringify(version) },
    logLevel: "warning",
  });
}

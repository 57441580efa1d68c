// Builds everything into dist/: `node esbuild.js` the programs that people run,
// `node esbuild.js --tests` those and every source file one to one, for the tests and the benchmarks.

import { chmod, readFile, rm } from "node:fs/promises";
import { build } from "esbuild";
import { writeRulePages, writeSamples } from "./build/assets.js";
import { browserModules } from "./build/browser-modules.js";

import { lean, PRIVATE } from "./build/lean/plugin.js";
import { leanClient, leanServer } from "./build/lean/protocol-plugin.js";
import { buildForRealEditor } from "./build/real-editor.js";
import { buildEngine, ENGINE, SERVICES, sharedEngine } from "./build/shared-engine.js";

const { version } = JSON.parse(await readFile("package.json", "utf8"));

const common = {
  outdir: "dist",
  bundle: true,
  target: "node20.19",
  define: { IOASID_VERSION: JSON.stringify(version) },
  minifySyntax: true,
  logLevel: "warning",
};

/** The packages of the protocol offer ES modules, which are smaller in a bundle. */
const protocol = { minify: true, mainFields: ["module", "main"], plugins: [lean], mangleProps: PRIVATE };

const node = { ...common, platform: "node", banner: { js: "#!/usr/bin/env node" } };

/** A module that is a bundle of its own. @param path of the bundle, from the one that loads it */
const apart = (path, filter) => ({
  name: "apart",
  setup: ({ onResolve }) => onResolve({ filter }, () => ({ path, external: true })),
});

/** Bundles for a browser, whose file names the editor completes with `.js`. */
const browser = { ...common, ...protocol, platform: "browser", target: "es2022", format: "cjs" };

await buildEngine(common);
await Promise.all([
  build({
    ...node,
    plugins: [sharedEngine(ENGINE)],
    entryPoints: { ioasid: "cli/main.ts" },
    format: "esm",
  }),
  build({
    ...node,
    ...protocol,
    plugins: [sharedEngine(ENGINE, SERVICES), leanServer, lean],
    entryPoints: { "ioasid-language-server": "server/lsp/node/main.ts" },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
  }),
  build({
    ...node,
    minify: true,
    plugins: [sharedEngine(ENGINE)],
    entryPoints: { "ioasid-debug-adapter": "server/dap/node/main.ts" },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
  }),
  build({
    ...common,
    ...protocol,
    platform: "node",
    plugins: [
      apart("./language-client.cjs", /\/connection\/node\.js$/),
      apart("./debug-tools.cjs", /\/tools\/index\.js$/),
      apart("./machine-views.cjs", /\/machine-views\.js$/),
    ],
    // Only `require` is how the editor gives `vscode` to a second file.
    supported: { "dynamic-import": false },
    entryPoints: { client: "client/node.ts" },
    format: "cjs",
    external: ["vscode"],
    outExtension: { ".js": ".cjs" },
  }),
  build({
    ...common,
    ...protocol,
    platform: "node",
    plugins: [leanClient, lean],
    entryPoints: { "language-client": "client/connection/node.ts" },
    format: "cjs",
    external: ["vscode"],
    outExtension: { ".js": ".cjs" },
  }),
  build({
    ...common,
    ...protocol,
    platform: "node",
    entryPoints: {
      "debug-tools": "client/debugging/tools/index.ts",
      "machine-views": "client/machine-views.ts",
    },
    format: "cjs",
    external: ["vscode"],
    outExtension: { ".js": ".cjs" },
  }),
  build({
    ...browser,
    plugins: [sharedEngine(ENGINE, SERVICES), leanServer, lean],
    entryPoints: { "ioasid-language-server.browser": "server/lsp/browser/main.ts" },
    format: "iife",
  }),
  build({
    ...browser,
    plugins: [sharedEngine(ENGINE), browserModules],
    // A name with a `_` in front is part of a message that the protocol shows to people.
    mangleProps: undefined,
    entryPoints: { "ioasid-debug-adapter.browser": "server/dap/browser/main.ts" },
    format: "iife",
  }),
  build({
    ...browser,
    plugins: [leanClient, lean],
    entryPoints: { "client.browser": "client/browser.ts" },
    external: ["vscode"],
    outExtension: { ".js": ".cjs" },
  }),
  build({
    ...browser,
    entryPoints: {
      "report-page": "client/report-page/main.ts",
      "tables-page": "client/tables-page/main.ts",
      "topology-page": "client/topology-page/main.ts",
    },
    format: "iife",
  }),
  build({
    ...browser,
    entryPoints: {
      "report-page": "client/report-page/style/page.css",
      "report-kept": "client/report-page/style/kept.css",
      "tables-page": "client/tables-page/style/page.css",
      "topology-page": "client/topology-page/style/page.css",
    },
  }),
]);

await Promise.all([writeRulePages("dist/rule-pages.json"), writeSamples("dist/samples.json")]);

const programs = ["dist/ioasid.js", "dist/ioasid-language-server.cjs", "dist/ioasid-debug-adapter.cjs"];
await Promise.all(programs.map((path) => chmod(path, 0o755)));

if (process.argv.includes("--tests")) {
  await rm("dist/out", { recursive: true, force: true });
  const rooms = ["engine", "server", "client", "cli", "syntaxes", "bench", "test"];
  await build({
    entryPoints: rooms.map((room) => `${room}/**/*.ts`),
    outdir: "dist/out",
    outbase: ".",
    bundle: false,
    platform: "node",
    target: "node20.19",
    format: "esm",
    sourcemap: "linked",
    define: common.define,
    logLevel: "warning",
  });
  await buildForRealEditor();
}

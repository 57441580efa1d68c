import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { unzipped } from "./zip.js";

/** Everything that an installed extension consists of. */
const FILES = [
  "LICENSE.txt",
  "changelog.md",
  "dist/client.browser.js",
  "dist/client.cjs",
  "dist/debug-tools.cjs",
  "dist/ioasid-debug-adapter.browser.js",
  "dist/ioasid-debug-adapter.cjs",
  "dist/ioasid-engine.cjs",
  "dist/ioasid-language-server.browser.js",
  "dist/ioasid-language-server.cjs",
  "dist/ioasid-services.cjs",
  "dist/language-client.cjs",
  "dist/machine-views.cjs",
  "dist/report-kept.css",
  "dist/report-page.css",
  "dist/report-page.js",
  "dist/rule-pages.json",
  "dist/samples.json",
  "dist/tables-page.css",
  "dist/tables-page.js",
  "dist/topology-page.css",
  "dist/topology-page.js",
  "images/file-dark.svg",
  "images/file-light.svg",
  "images/icon.png",
  "images/views.svg",
  "package.json",
  "readme.md",
  "schemas/ioasid.config.schema.json",
  "snippets/ioasid.json",
  "syntaxes/ioasid.tmLanguage.json",
  "syntaxes/language-configuration.json",
];

interface Entries {
  readonly main: string;
  readonly browser: string;
  readonly type?: string;
}

interface Sample {
  readonly name: string;
  readonly about: string;
  readonly text: string;
}

describe("the package for the editor", () => {
  let files: Map<string, Buffer>;
  const text = (name: string): string => files.get(`extension/${name}`)?.toString("utf8") ?? "";

  before(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["build/package.js"]);
    files = unzipped(readFileSync(stdout.trim().split("\n").at(-1) ?? ""));
  });

  it("holds what an installed extension needs, and no tests, sources or maps", () => {
    const found = [...files.keys()].filter((name) => name.startsWith("extension/"));
    assert.deepEqual(found.map((name) => name.slice("extension/".length)).sort(), FILES);
  });

  it("has at most 2.8 MB of programs, pages and texts, since the engine is there once", () => {
    const sizes = [...files].map(([name, { length }]) => (name.startsWith("extension/dist/") ? length : 0));
    const size = sizes.reduce((sum, length) => sum + length, 0);
    assert.ok(size <= 2_800_000, `they have ${size} bytes`);
  });

  it("holds the entry points that its manifest names", () => {
    const { main, browser, type } = JSON.parse(text("package.json")) as Entries;
    for (const path of [main, browser]) assert.ok(files.has(`extension/${path.replace("./", "")}`), path);
    // Whatever its version, an editor takes these for CommonJS.
    assert.match(main, /\.cjs$/);
    assert.match(browser, /\.js$/);
    assert.equal(type, undefined);
  });

  it("says nothing to the editor of how it is built", () => {
    const manifest = JSON.parse(text("package.json")) as object;
    for (const key of ["scripts", "devDependencies", "bin"]) assert.ok(!(key in manifest), key);
  });

  it("has a page without remote pictures and without links into a repository", () => {
    const page = text("readme.md");
    assert.match(page, /^# IOASID & PASID\n/);
    assert.doesNotMatch(page, /!\[|<img/);
    for (const [, target = ""] of page.matchAll(/\]\(([^)]+)\)/g)) assert.match(target, /^https:/);
  });

  it("has the pages of all rules, and samples that stand for themselves", () => {
    const pages = JSON.parse(text("dist/rule-pages.json")) as Record<string, string>;
    assert.match(pages["P003.md"] ?? "", /^# P003: /);
    const samples = JSON.parse(text("dist/samples.json")) as Sample[];
    assert.ok(samples.length >= 15);
    for (const { name, about, text: content } of samples) {
      assert.ok(about.length > 20 && !about.includes("\n"), name);
      assert.doesNotMatch(content, /^import\b/m, name);
    }
  });
});

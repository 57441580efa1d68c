// `npm run package`: puts what the editor needs into dist/vsix, and packs it as dist/ioasid-VERSION.vsix.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createVSIX } from "@vscode/vsce";

const STAGE = "dist/vsix";

/** What `files` of package.json lists for the program on the command line, which the editor does not need. */
const NOT_FOR_THE_EDITOR = new Set([
  "dist/ioasid.js",
  "dist/ioasid-rule-examples.cjs",
  "examples",
  "README.md",
]);

/** Keys of package.json that say nothing to an editor; `type` would make a module of every `.js`. */
const NOT_OF_AN_EXTENSION = ["bin", "scripts", "devDependencies", "type"];

/** Older editors put `.js` behind the entry for the browser where it does not end so; newer ones do not. */
const nameInPackage = (path) => path.replace(/\bclient\.browser\.cjs$/, "client.browser.js");

const manifest = JSON.parse(await readFile("package.json", "utf8"));
const target = `dist/${manifest.name}-${manifest.version}.vsix`;

await rm(STAGE, { recursive: true, force: true });
for (const path of manifest.files) {
  if (!NOT_FOR_THE_EDITOR.has(path)) await stage(path, nameInPackage(path));
}
await stage("client/README.md", "README.md");
const kept = Object.entries(manifest).filter(([key]) => !NOT_OF_AN_EXTENSION.includes(key));
const browser = nameInPackage(manifest.browser);
const staged = { ...Object.fromEntries(kept), browser, files: ["**"] };
await writeFile(join(STAGE, "package.json"), JSON.stringify(staged, null, 2));

await createVSIX({
  cwd: STAGE,
  packagePath: target,
  dependencies: false,
  // The page of the extension has no links into a repository, so none has to be known.
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(target);

async function stage(from, to) {
  await mkdir(dirname(join(STAGE, to)), { recursive: true });
  await cp(from, join(STAGE, to), { recursive: true });
}

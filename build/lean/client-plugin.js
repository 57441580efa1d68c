// Leaves out of the client's bundles what its own code and the package of the client never name: types of the
// protocol, and requests for features that the server never offers. See docs/decisions/0009-bundles.md.

import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LEFT_OUT } from "./left-out.js";

/** Requests of features that are left out, and of one that the client has no feature for. */
const REQUESTS = [...LEFT_OUT.filter((name) => !["notebook", "signatureHelp"].includes(name)), "moniker"];

/** Of the notebooks' messages: whatever asks for their feature does so by this. */
const NOTEBOOKS = "NotebookDocumentSyncRegistrationType";

/** A type of the protocol with its functions, as the package writes it. */
const TYPE = /^export var (\w+);\n\(function \(\1\) \{\n[\s\S]*?\n\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm;

/** By these names a compiled file knows what it takes of a package. */
const REQUIRED =
  /(?:const|let|var) (\w+) = (?:__importStar\()?require\("vscode-languageserver-(?:types|protocol)\b/g;

export const leanClient = {
  name: "lean-client",
  setup(build) {
    const requests = new RegExp(
      `[\\\\/]vscode-languageserver-protocol[\\\\/]lib[\\\\/]common[\\\\/]protocol\\.(?:${REQUESTS.join("|")})\\.js$`,
    );
    build.onLoad({ filter: requests }, () => ({ contents: "exports.__esModule = true;" }));
    build.onLoad(
      { filter: /[\\/]vscode-languageserver-protocol[\\/]lib[\\/]common[\\/]protocol\.notebook\.js$/ },
      async ({ path }) => {
        const names = [...(await readFile(path, "utf8")).matchAll(/\bexports\.(\w+) =/g)].map(
          ([, name]) => name,
        );
        const used = await usedByPackages(join(dirname(path), "../../.."));
        const missing = names.filter((name) => name !== NOTEBOOKS && used.has(name));
        if (missing.length > 0)
          throw new Error(`The client uses messages of notebooks: ${missing.join(", ")}.`);
        const contents = `const { RegistrationType } = require("./messages");
          const method = "notebookDocument/sync";
          exports.${NOTEBOOKS} = { method, type: new RegistrationType(method) };`;
        return { contents, resolveDir: dirname(path) };
      },
    );
    build.onLoad(
      { filter: /[\\/]vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/ },
      async ({ path }) => {
        const modules = join(dirname(path), "../../..");
        const used = new Set([...(await usedByPackages(modules)), ...(await namesIn("client"))]);
        return { contents: trimmed(await readFile(path, "utf8"), used) };
      },
    );
  },
};

/** The types that some file of the packages takes by name. */
async function usedByPackages(modules) {
  const used = new Set();
  for (const folder of ["vscode-languageclient/lib", "vscode-languageserver-protocol/lib"]) {
    for (const path of await filesBelow(join(modules, folder), ".js")) {
      if (LEFT_OUT.some((name) => path.endsWith(`vscode-languageclient/lib/common/${name}.js`))) continue;
      const text = await readFile(path, "utf8");
      for (const [, alias] of text.matchAll(REQUIRED)) {
        for (const [, name] of text.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, "g"))) used.add(name);
      }
    }
  }
  return used;
}

/** Every capitalised word of the extension's own code: more than it imports, and never less. */
async function namesIn(folder) {
  const texts = await Promise.all(
    (await filesBelow(folder, ".ts")).map(async (path) => readFile(path, "utf8")),
  );
  return texts.flatMap((text) => text.match(/\b[A-Z]\w+/g) ?? []);
}

async function filesBelow(folder, ending) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** The package without the types that are not used, and that no used one needs. */
function trimmed(text, used) {
  const types = [...text.matchAll(TYPE)].map(([code, name]) => ({
    name,
    code,
    words: new Set(code.replace(/\/\*[\s\S]*?\*\//g, "").match(/\b\w+\b/g)),
  }));
  if (types.length < 70) throw new Error("The types of the protocol are written in a new way: see TYPE.");
  const kept = new Set(types.filter(({ name }) => used.has(name)));
  for (const { words } of kept) for (const type of types) if (words.has(type.name)) kept.add(type);
  return types.reduce(
    (left, type) => (kept.has(type) ? left : left.replace(type.code, `export var ${type.name};`)),
    text,
  );
}

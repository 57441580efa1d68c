// Leaves out of a bundle what neither our own code nor the package of its side ever names: types of the protocol,
// and messages of features that the server never offers. See docs/decisions/0009-bundles.md.

import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LEFT_OUT } from "./left-out.js";
import { DESCRIPTION } from "./plugin.js";

const require = createRequire(import.meta.url);

/** Messages of features that are left out, and of one that the client has no feature for. */
const MESSAGES = [...LEFT_OUT.filter((name) => !["notebook", "signatureHelp"].includes(name)), "moniker"];

/** Of the notebooks' messages: whatever asks the client for their feature does so by this. */
const NOTEBOOKS = "NotebookDocumentSyncRegistrationType";

const NOTEBOOK_MESSAGES =
  /[\\/]vscode-languageserver-protocol[\\/]lib[\\/]common[\\/]protocol\.notebook\.js$/;

/** A type of the protocol with its functions, as the package writes it. */
const TYPE = /^export var (\w+);\n\(function \(\1\) \{\n[\s\S]*?\n\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm;

/** By these names a compiled file knows what it takes of a package. */
const REQUIRED =
  /(?:const|let|var) (\w+) = (?:__importStar\()?require\("vscode-languageserver-(?:types|protocol)\b/g;

/** For bundles of the client. */
export const leanClient = leanProtocol(
  "lean-client",
  "vscode-languageclient/node",
  "client",
  (build, used) => {
    build.onLoad({ filter: NOTEBOOK_MESSAGES }, async ({ path }) => {
      const names = [...(await readFile(path, "utf8")).matchAll(/\bexports\.(\w+) =/g)].map(
        ([, name]) => name,
      );
      const taken = await used(path);
      const missing = names.filter((name) => name !== NOTEBOOKS && taken.has(name));
      if (missing.length > 0)
        throw new Error(`The client uses messages of notebooks: ${missing.join(", ")}.`);
      const contents = `const { RegistrationType } = require("./messages");
      const method = "notebookDocument/sync";
      exports.${NOTEBOOKS} = { method, type: new RegistrationType(method) };`;
      return { contents, resolveDir: dirname(path) };
    });
  },
);

/** For bundles of the server, whose package names a message only where somebody asks for its feature. */
export const leanServer = leanProtocol("lean-server", "vscode-languageserver/node", "server", (build) => {
  const features = new RegExp(
    `[\\\\/]vscode-languageserver[\\\\/]lib[\\\\/]common[\\\\/](?:notebook|${MESSAGES.join("|")})\\.js$`,
  );
  build.onLoad({ filter: NOTEBOOK_MESSAGES }, () => NOTHING);
  build.onLoad({ filter: features }, async ({ path }) => {
    const [name] = /\b\w+Feature\b/.exec(await readFile(path, "utf8")) ?? [];
    if (name === undefined) throw new Error(`${path} makes a feature in a new way.`);
    return { contents: `exports.${name} = (Base) => Base;` };
  });
  // Where npm keeps modules of its own: a server that loads other people's code asks that.
  build.onLoad({ filter: /[\\/]vscode-languageserver[\\/]lib[\\/]node[\\/]files\.js$/ }, () => NOTHING);
});

const NOTHING = { contents: "exports.__esModule = true;" };

/**
 * @param main what the side imports its package of the protocol by
 * @param own folder of the side's own code
 * @param notebooks what is left of notebooks
 */
function leanProtocol(name, main, own, notebooks) {
  const side = join(dirname(require.resolve(main)), "..");
  /** The names that some file of the packages takes of the protocol. @param path of a file of the protocol */
  const used = (path) => usedBy([side, join(folderOf(path, "vscode-languageserver-protocol"), "lib")]);
  return {
    name,
    setup(build) {
      const messages = new RegExp(
        `[\\\\/]vscode-languageserver-protocol[\\\\/]lib[\\\\/]common[\\\\/]protocol\\.(?:${MESSAGES.join("|")})\\.js$`,
      );
      build.onLoad({ filter: messages }, () => NOTHING);
      notebooks(build, used);
      build.onLoad(
        { filter: /[\\/]vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/ },
        async ({ path }) => {
          const names = new Set([...(await used(path)), ...(await namesIn(own))]);
          return { contents: trimmed(await readFile(path, "utf8"), names) };
        },
      );
    },
  };
}

/** The folder of a package beside the one that a file is of. */
function folderOf(path, name) {
  return join(path.slice(0, path.lastIndexOf("node_modules")), "node_modules", name);
}

/** The types that some file below some folders takes by name. */
async function usedBy(folders) {
  const used = new Set();
  for (const folder of folders) {
    for (const path of await filesBelow(folder, ".js")) {
      if (LEFT_OUT.some((name) => path.endsWith(`vscode-languageclient/lib/common/${name}.js`))) continue;
      const text = await readFile(path, "utf8");
      for (const [, alias] of text.matchAll(REQUIRED)) {
        for (const [, name] of text.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, "g"))) used.add(name);
      }
    }
  }
  return used;
}

/** Every capitalised word of our own code that something is taken of, or that gets another name: more than needed. */
async function namesIn(folder) {
  const texts = await Promise.all(
    (await filesBelow(folder, ".ts")).map(async (path) => readFile(path, "utf8")),
  );
  if (texts.some((text) => DESCRIPTION.test(text)))
    throw new Error(`${folder} uses the description of a message: see DESCRIBED.`);
  return texts.flatMap((text) => text.match(/(?<!\btype )\b[A-Z]\w+(?=\.| as [A-Z])/g) ?? []);
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

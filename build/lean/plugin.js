// Leaves out of the bundles what the packages of the protocol hold and this extension never uses. What is
// left out and what it saves stands in docs/decisions/0009-bundles.md.

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LEFT_OUT } from "./left-out.js";
import { TYPESCRIPT_HELPERS } from "./typescript-helpers.js";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Packages that the client needs for one small thing each, and what does that thing instead. */
const INSTEAD = {
  minimatch: "globs-of-the-editor.js",
  "semver/functions/parse": "version-is-right.cjs",
  "semver/functions/satisfies": "version-is-right.cjs",
};

const PACKAGES =
  /[\\/]vscode-(?:languageclient|languageserver|languageserver-protocol|jsonrpc)[\\/]lib[\\/].*\.js$/;

/**
 * Names of properties that the packages keep to themselves. They may be shortened, since they stand nowhere
 * but behind an object of the class itself: the build fails when a version begins to use one in another way.
 */
export const PRIVATE = /^_[a-z]/;

/** A private name behind anything but `this`, what stands for it, or a class; as a key, or as a text. */
const ELSEWHERE = /(?<!\b(?:this|client|[A-Z]\w*))\??\._[a-z]|\[(["'`])_[a-z]\w*\1\]|(["'`])_[a-z]\w*\2\s*:/;

/** What the protocol says of each message for those who describe it: no program reads that. */
const DESCRIBED =
  /^ *\w+\.(?:messageDirection = messages_1\.MessageDirection\.\w+|capabilities = messages_1\.CM\.create\(.*\));\n/gm;

/** Whatever would read it; the file that declares these names does not. */
export const DESCRIPTION = /\b[mM]essageDirection\b|\bCM\b|(?:Request|Notification|Type)\??\.capabilities\b/;
const DECLARING = /[\\/]vscode-languageserver-protocol[\\/]lib[\\/]common[\\/]messages\.js$/;

/** A plugin for esbuild; it concerns nothing but the packages of the protocol. */
export const lean = {
  name: "lean",
  setup(build) {
    const features = new RegExp(
      `[\\\\/]vscode-languageclient[\\\\/]lib[\\\\/]common[\\\\/](?:${LEFT_OUT.join("|")})\\.js$`,
    );
    const packages = new RegExp(`^(?:${Object.keys(INSTEAD).join("|")})$`);
    build.onResolve({ filter: packages }, ({ path }) => ({ path: join(HERE, INSTEAD[path]) }));
    build.onResolve({ filter: /^typescript-helpers$/ }, () => ({ path: join(HERE, "shared-helpers.js") }));
    build.onLoad({ filter: features }, async ({ path }) => {
      const [, name] = /^exports\.(\w+Feature) = void 0;$/m.exec(await readFile(path, "utf8"));
      const kind = name.startsWith("Notebook") ? "leftOutNotebooks" : "leftOut";
      const from = JSON.stringify(join(HERE, "left-out-feature.js"));
      return { contents: `exports.${name} = require(${from}).${kind};`, resolveDir: dirname(path) };
    });
    build.onLoad({ filter: PACKAGES }, async ({ path }) => {
      const text = (await readFile(path, "utf8")).replace(DESCRIBED, "");
      if (DESCRIPTION.test(text) && !DECLARING.test(path))
        throw new Error(`${path} uses the description of a message: see DESCRIBED.`);
      if (ELSEWHERE.test(text)) throw new Error(`${path} uses a private name in a new way: see PRIVATE.`);
      return { contents: shortened(withSharedHelpers(text)), resolveDir: dirname(path) };
    });
  },
};

/** A name of another file that this one exports again, as TypeScript writes it. */
const AGAIN =
  /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/gm;

/** What a file exports, as long as none of it is there yet. */
const NOT_YET = /^(?:exports\.\w+ = )+void 0;$/gm;

/** The same said in fewer words. */
function shortened(text) {
  const again = text.replace(AGAIN, (_, name, from, key) => {
    const other = key === name ? "" : `, "${key}"`;
    return `again(exports, ${from}, "${name}"${other});`;
  });
  const isAgain = again !== text ? 'const { again } = require("typescript-helpers");' : "";
  // Where everything of another file is exported too, these names keep that from standing in their place.
  const rest = again.includes("__exportStar") ? again : again.replace(NOT_YET, "");
  return rest
    .replace('Object.defineProperty(exports, "__esModule", { value: true });', "exports.__esModule = true;")
    .replace('"use strict";', `"use strict";${isAgain}`);
}

/** What the compiler put into every file is taken from one. */
function withSharedHelpers(text) {
  const found = TYPESCRIPT_HELPERS.filter(({ code }) => text.includes(code));
  if (found.length === 0) return text;
  const rest = found.reduce((left, { code }) => left.replace(code, ""), text);
  const names = found.map(({ name }) => name).join(", ");
  return rest.replace('"use strict";', `"use strict"; const { ${names} } = require("typescript-helpers");`);
}

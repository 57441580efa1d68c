// The engine is built once, into files that the programs share: see docs/decisions/0009-bundles.md.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { build } from "esbuild";

const require = createRequire(import.meta.url);

/**
 * A file of the engine: the rooms in it, and what it is called where there are no modules, in a worker.
 * The room of the debugger is in none, since one program alone has it.
 */
export const ENGINE = {
  file: "ioasid-engine.cjs",
  global: "ioasidEngine",
  rooms: ["address", "simulator", "language", "report"],
};
export const SERVICES = { file: "ioasid-services.cjs", global: "ioasidServices", rooms: ["services"] };

/** Sources and examples of the rules, which are read when somebody asks for the page of a rule. */
const EXAMPLES = "ioasid-rule-examples.cjs";

/** Writes the files of the engine. @param common options for esbuild that every program has */
export async function buildEngine(common) {
  const options = {
    ...common,
    outdir: undefined,
    platform: "neutral",
    target: "es2022",
    minify: true,
    // What Node shows of an exception that nobody caught is the line that it came from.
    lineLimit: 200,
  };
  const texts = await finishedTexts();
  await Promise.all([
    build({ ...options, ...script(ENGINE), plugins: [examplesOnDemand, texts] }),
    build({
      ...options,
      entryPoints: ["engine/language/rules/pages.ts"],
      outfile: join("dist", EXAMPLES),
      format: "cjs",
      plugins: [texts],
    }),
  ]);
  await build({ ...options, ...script(SERVICES), plugins: [sharedEngine(ENGINE)] });
}

/** Options for a file that is a module where there are modules, and may begin the script of a worker. */
function script({ file, global, rooms }) {
  const contents = rooms.map((room) => `export * as ${room} from "./engine/${room}/index.js";`).join("\n");
  return {
    stdin: { contents, resolveDir: "." },
    outfile: join("dist", file),
    format: "iife",
    globalName: global,
    footer: { js: `if (typeof module === "object") module.exports = ${global};` },
  };
}

/** A plugin for esbuild. */
const examplesOnDemand = {
  name: "examples-on-demand",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^\\./${EXAMPLES}$`) }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /[\\/]language[\\/]rules[\\/]pages\.ts$/ }, () => ({
      contents: `export const pageOf = (rule) => require("./${EXAMPLES}").pageOf(rule);`,
    }));
  },
};

/** A text in the file of a rule, which has blanks in front of its lines there. */
const TEXT = /\bdedent\(`((?:[^`\\]|\\`)*)`\)/g;

/**
 * A plugin for esbuild: the texts of the rules lose those blanks here, and not whenever a program starts. Without a
 * call in it, a rule that nobody takes is left out.
 */
async function finishedTexts() {
  const words = {
    entryPoints: ["engine/language/rules/words.ts"],
    bundle: true,
    format: "esm",
    write: false,
  };
  const [{ text: code }] = (await build(words)).outputFiles;
  const { dedent } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return {
    name: "finished-texts",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]language[\\/]rules[\\/].*\.ts$/ }, async ({ path }) => {
        const written = await readFile(path, "utf8");
        return { loader: "ts", contents: written.replace(TEXT, (_, text) => `\`${dedent(text)}\``) };
      });
    },
  };
}

/**
 * A plugin for esbuild: a program has some rooms from the files of the engine, which are to be built before.
 * Each name stands for itself, so that those that the program does not take are left out.
 */
export function sharedEngine(...files) {
  const rooms = new Map(files.flatMap((shared) => shared.rooms.map((room) => [room, shared])));
  return {
    name: "shared-engine",
    setup({ initialOptions, onResolve, onLoad }) {
      onResolve({ filter: /\/index\.js$/ }, ({ path, resolveDir }) => {
        const target = join(resolveDir, path);
        const room = roomOf(target);
        const isDoor = rooms.has(room) && dirname(target) === resolve("engine", room);
        return isDoor ? { path: room, namespace: "room", sideEffects: false } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "room" }, ({ path: room }) => {
        const { file } = rooms.get(room);
        const names = Object.keys(require(resolve("dist", file))[room]);
        const pure = (expression) => `/* @__PURE__ */ (() => ${expression})()`;
        return {
          contents: [
            `import { engine } from "${file}";`,
            `const room = ${pure(`engine.${room}`)};`,
            ...names.map((name) => `export const ${name} = ${pure(`room.${name}`)};`),
          ].join("\n"),
        };
      });
      for (const { file, global } of files) {
        onResolve({ filter: new RegExp(`^${file}$`) }, ({ path }) => ({ path, namespace: "engine-file" }));
        onResolve({ filter: new RegExp(`^\\./${file}$`) }, ({ path }) => ({ path, external: true }));
        onLoad({ filter: new RegExp(`^${file}$`), namespace: "engine-file" }, () => ({
          contents:
            initialOptions.format === "esm"
              ? `import { createRequire } from "node:module";
                export const engine = createRequire(import.meta.url)("./${file}");`
              : `export const engine = globalThis.${global} ?? require("./${file}");`,
        }));
      }
      onLoad({ filter: /[\\/]engine[\\/]/ }, ({ path }) => {
        if (rooms.has(roomOf(path))) throw new Error(`${path} would be there a second time.`);
      });
    },
  };
}

/** The room of the engine that a file lies in. */
function roomOf(path) {
  const [top, room] = relative(".", path).split(sep);
  return top === "engine" ? room : undefined;
}

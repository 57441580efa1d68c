import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";

/**
 * Which rooms a room may import: the table of docs/architecture.md. The project references of TypeScript
 * say the same to the compiler; this test also sees the modules of Node and of npm.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "engine/address": [],
  "engine/simulator": ["engine/address"],
  "engine/language": ["engine/address", "engine/simulator"],
  "engine/report": ["engine/address", "engine/simulator", "engine/language"],
  "engine/services": ["engine/address", "engine/simulator", "engine/language", "engine/report"],
  "engine/debugger": ["engine/address", "engine/simulator", "engine/language", "engine/report"],
  "server/protocol": [],
  "server/lsp": [
    "engine/address",
    "engine/simulator",
    "engine/language",
    "engine/report",
    "engine/services",
    "server/protocol",
  ],
  "server/dap": [
    "engine/address",
    "engine/simulator",
    "engine/language",
    "engine/report",
    "engine/debugger",
    "server/protocol",
  ],
  client: ["server/protocol"],
  cli: ["engine/address", "engine/simulator", "engine/language", "engine/report"],
  syntaxes: ["engine/language"],
};

/** Folders whose code runs in Node; all other code runs anywhere, so it may import no module of Node. */
const NODE_FOLDERS = ["cli/", "syntaxes/", "server/lsp/node/", "server/dap/node/"];

/** The packages that a room may import: the engine has none, and the servers and the client leave their protocols to libraries. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  "server/lsp": /^vscode-languageserver(?:\/node|\/browser)?$|^vscode-uri$/,
  "server/dap": /^@vscode\/debugadapter$|^@vscode\/debugprotocol$/,
  client: /^vscode$|^@dagrejs\/dagre$|^vscode-languageclient(?:\/node|\/browser)?$/,
};

/** What may be entered beside the front doors, and why: the grammar is made from the lexer's own table of words. */
const SIDE_DOORS: Readonly<Record<string, readonly string[]>> = {
  syntaxes: ["engine/language/syntax/words.js"],
};

/** The one file of the engine that may speak of `BigInt`. */
const CONVERSIONS = "engine/address/address.ts";

/** What makes a run depend on when, where or by chance it happens. */
const NOT_DETERMINISTIC = [
  { what: "the clock", pattern: /\bDate\s*[.(]|\bnew Date\b|\bperformance\s*\./ },
  { what: "random numbers", pattern: /\bMath\s*\.\s*random\b|\bcrypto\s*\./ },
  { what: "the locale", pattern: /\bIntl\s*\.|\.\s*toLocale\w+|\.\s*localeCompare\b/ },
  { what: "timers", pattern: /\bset(?:Timeout|Interval|Immediate)\s*\(|\bqueueMicrotask\s*\(/ },
  {
    what: "the process or the console",
    pattern: /\bprocess\s*\.\s*(?:argv|cwd|env|exit|hrtime|nextTick|on|std\w+)\b|\bconsole\s*\./,
  },
];

const BIG_INTEGER = /\bBigInt\b|\b(?:0x[\da-f_]+|\d[\d_]*)n\b|\bBigU?[iI]nt64Array\b/;

const SOURCES = readSources();

describe("the rooms", () => {
  it("are all in the table", () => {
    const found = SOURCES.map(({ path }) => roomOf(path));
    assert.deepEqual([...new Set(found)].sort(), Object.keys(ROOMS).sort());
  });

  for (const [room, allowed] of Object.entries(ROOMS)) {
    it(`${room} imports ${allowed.length === 0 ? "no other room" : allowed.join(", ")}`, () => {
      for (const { path, target } of importsOf(room)) {
        const other = roomOf(target);
        assert.ok(other === room || allowed.includes(other), `${path} imports ${target}`);
      }
    });

    it(`${room} enters another room by its front door only`, () => {
      for (const { path, target } of importsOf(room)) {
        const isDoor = target === `${roomOf(target)}/index.js` || SIDE_DOORS[room]?.includes(target);
        assert.ok(roomOf(target) === room || isDoor, `${path} imports ${target}`);
      }
    });

    it(`${room} imports modules of Node only where it runs in Node, and ${PACKAGES[room] ? "packages of its protocol only" : "no package"}`, () => {
      for (const { path, specifier } of modulesOf(room)) {
        const isAllowed = specifier.startsWith("node:")
          ? NODE_FOLDERS.some((folder) => path.startsWith(folder))
          : PACKAGES[room]?.test(specifier);
        assert.ok(isAllowed, `${path} imports ${specifier}`);
      }
    });
  }
});

describe("the engine", () => {
  const files = SOURCES.filter(({ path }) => path.startsWith("engine/"));

  for (const { what, pattern } of NOT_DETERMINISTIC) {
    it(`does not know ${what}`, () => {
      const users = files.filter(({ code }) => pattern.test(code)).map(({ path }) => path);
      assert.deepEqual(users, []);
    });
  }

  it(`uses BigInt only in ${CONVERSIONS}`, () => {
    const users = files.filter(({ code }) => BIG_INTEGER.test(code)).map(({ path }) => path);
    assert.deepEqual(users, [CONVERSIONS]);
  });
});

describe("a source file", () => {
  it("is one thing: no more than 350 lines", () => {
    const long = SOURCES.filter(({ text }) => text.split("\n").length > 351);
    assert.deepEqual(
      long.map(({ path }) => path),
      [],
    );
  });
});

interface Source {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** As JavaScript, without comments and types, so that a word in a comment is no use of it. */
  readonly code: string;
}

function readSources(): Source[] {
  return ["engine", "server", "client", "cli", "syntaxes"].flatMap(filesBelow).map((path) => {
    const text = readFileSync(path, "utf8");
    return { path, text, code: transformSync(text, { loader: "ts", legalComments: "none" }).code };
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(path).isDirectory()) return filesBelow(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

/** The room of a path: its first two folders in the engine and the servers, else its first. */
function roomOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "engine" || first === "server" ? `${first}/${second}` : first;
}

const SPECIFIER =
  /^\s*(?:import|export)\s[^;"'`]*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["'];|\bimport\(\s*["']([^"']+)["']/gm;

/** Imports of types count too, so the text is searched and not the JavaScript. */
function specifiersOf(room: string): { path: string; specifier: string }[] {
  return SOURCES.filter(({ path }) => roomOf(path) === room).flatMap(({ path, text }) => {
    const found = text.matchAll(SPECIFIER);
    return [...found].map((match) => ({ path, specifier: match[1] ?? match[2] ?? match[3] ?? "" }));
  });
}

function importsOf(room: string): { path: string; target: string }[] {
  return specifiersOf(room)
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ path, specifier }) => ({ path, target: join(dirname(path), specifier).replaceAll("\\", "/") }));
}

function modulesOf(room: string): { path: string; specifier: string }[] {
  return specifiersOf(room).filter(({ specifier }) => !specifier.startsWith("."));
}

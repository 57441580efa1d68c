import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, ioasid, remove } from "../cli/program.js";

/** Documents that may show command lines of `ioasid`. */
export const DOCUMENTS: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

/** A command line of a document, what it shows below it, and where that stands. */
export interface Session {
  readonly command: string;
  readonly output: string;
  readonly start: number;
  readonly end: number;
}

/** A file that a document shows, named by the comment on its first line: `// virtio.ioasid`. */
const FILE = /```ioasid\n(\/\/ ([\w./-]+\.ioasid)\b[^\n]*\n[\s\S]*?)```/g;
const BLOCK = /```sh\n([\s\S]*?)```/g;

/** The command lines in blocks of `sh` that begin with `$ ioasid`; a block without a `$` shows no output. */
export function sessionsOf(markdown: string): Session[] {
  return [...markdown.matchAll(BLOCK)].flatMap((block) => sessionsIn(block[1] ?? "", block.index + 6));
}

function sessionsIn(text: string, offset: number): Session[] {
  const prompts = [...text.matchAll(/^\$ (.*)\n/gm)];
  return prompts.flatMap((prompt, index) => {
    const command = prompt[1] ?? "";
    const start = prompt.index + prompt[0].length;
    const end = prompts[index + 1]?.index ?? text.length;
    if (!/^ioasid\b/.test(command)) return [];
    return [{ command, output: text.slice(start, end), start: offset + start, end: offset + end }];
  });
}

/** What the command lines of a document print, in the order they stand in it. */
export function run(markdown: string): string[] {
  const folder = folderWith(filesOf(markdown));
  try {
    return sessionsOf(markdown).map(({ command }) => printed(command, folder));
  } finally {
    remove(folder);
  }
}

/** Stores what the command lines of a document print now. */
export function refresh(path: string): void {
  let markdown = readFileSync(path, "utf8");
  const outputs = run(markdown);
  sessionsOf(markdown)
    .map((session, index) => ({ ...session, now: outputs[index] ?? "" }))
    .reverse()
    .forEach(({ start, end, now }) => {
      markdown = markdown.slice(0, start) + now + markdown.slice(end);
    });
  writeFileSync(path, markdown);
}

/** The files that a document shows, and the examples under the names that they have in the tree. */
function filesOf(markdown: string): Record<string, string> {
  const examples = [...markdown.matchAll(/\bexamples\/[\w./-]+\.ioasid\b/g)].map(([path]) => path);
  const found = examples.filter((path) => existsSync(path)).map((path) => [path, readFileSync(path, "utf8")]);
  const shown = [...markdown.matchAll(FILE)].map((match) => [match[2] ?? "", match[1] ?? ""]);
  return Object.fromEntries([...found, ...shown]);
}

/** Everything that a person sees of a command, and behind it the exit status where it is not 0. */
function printed(command: string, folder: string): string {
  const [, ...words] = command.split(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const { stdout, stderr, status } = ioasid(
    words.map((word) => word.replace(/^"(.*)"$/, "$1")),
    { cwd: folder },
  );
  return `${stdout}${stderr}${status === 0 ? "" : `# exit status ${status}\n`}`;
}

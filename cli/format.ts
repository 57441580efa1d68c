import { readFileSync, statSync } from "node:fs";
import { type Formatted, formatted, lineMap } from "../engine/language/index.js";
import { printable } from "../engine/report/index.js";
import { EXIT } from "./commands.js";
import { readText, realPath, STDIN, type Text } from "./files.js";
import type { FormatCommand } from "./format-arguments.js";
import { write } from "./output.js";
import { replaceFile } from "./replace-file.js";

/** What became of one text; the worst of them decides. */
type Exit = (typeof EXIT)["good" | "bad" | "usage"];

/** `ioasid fmt`: writes the layout of each file, and lists those that change. */
export async function format({ files, check }: FormatCommand): Promise<number> {
  if (files.length === 0) return formatInput(check);
  let worst: Exit = EXIT.good;
  for (const file of files) {
    const exit = await formatFile(file, check);
    if (exit > worst) worst = exit;
  }
  return worst;
}

async function formatInput(check: boolean): Promise<Exit> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const text = exactly(STDIN, Buffer.concat(chunks));
  if (typeof text !== "string") return failed(text.error);
  const result = formatted(text);
  const changes = result.text !== text;
  if (!check) await write(process.stdout, result.text);
  else if (changes) await write(process.stdout, `${STDIN}\n`);
  return exitOf(tellKept(STDIN, text, result), check && changes);
}

async function formatFile(file: string, check: boolean): Promise<Exit> {
  const text = readExactly(file);
  if (typeof text !== "string") return failed(text.error);
  const result = formatted(text);
  const changes = result.text !== text;
  if (changes && !check) {
    const problem = replaceFile(realPath(file), result.text);
    if (problem !== undefined) return failed(`"${file}" cannot be written: ${problem}.`);
  }
  if (changes) await write(process.stdout, `${printable(file)}\n`);
  return exitOf(tellKept(file, text, result), check && changes);
}

function exitOf(kept: boolean, wouldChange: boolean): Exit {
  return kept || wouldChange ? EXIT.bad : EXIT.good;
}

function failed(message: string): Exit {
  process.stderr.write(`ioasid: ${printable(message)}\n`);
  return EXIT.usage;
}

/** Says what was left as it is; whether there is any. */
function tellKept(name: string, text: string, { kept }: Formatted): boolean {
  const [first] = kept;
  if (first === undefined) return false;
  const isWhole = first.end - first.start === text.length;
  const line = lineMap(text).position(first.start).line + 1;
  const others = kept.length === 1 ? "" : ` (and ${kept.length - 1} more)`;
  const what = isWhole
    ? `${name} was left as it is: it is not certain where its statements begin and end`
    : `${name}:${line}${others} was left as it is: it is not understood`;
  const check = name === STDIN ? "ioasid check -" : `ioasid check ${name}`;
  process.stderr.write(`ioasid: ${printable(`${what}. What is wrong says: ${check}`)}\n`);
  return true;
}

/** A file's text, of which nothing is lost when it is written again. */
function readExactly(file: string): Text {
  const text = readText(file);
  if (typeof text !== "string") return text;
  if (!statSync(file).isFile()) {
    return { error: `"${file}" is not a regular file, so it cannot be rewritten; fmt --stdin reads a pipe.` };
  }
  return exactly(file, readFileSync(file));
}

/** Bytes as text, byte order mark included; none when other bytes would come of that text. */
function exactly(name: string, bytes: Buffer): Text {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return Buffer.from(text).equals(bytes)
    ? text
    : { error: `"${name}" is not UTF-8, so it was left as it is.` };
}

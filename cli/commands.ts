import type { Writable } from "node:stream";
import {
  type Analysis,
  analyze,
  isInternalError,
  type Program,
  type RunOptions,
  type RunResult,
  start,
} from "../engine/language/index.js";
import {
  checkJson,
  checkText,
  printable,
  runJson,
  runText,
  type Style,
  summaryOf,
  totalText,
} from "../engine/report/index.js";
import type { Command, Format } from "./arguments.js";
import { Configs } from "./config.js";
import { decode, FileHost, readText, STDIN, type Text } from "./files.js";
import { Fixer } from "./fix.js";
import { write, writeJson } from "./output.js";
import { runInSlices } from "./slices.js";
import { styleFor } from "./terminal.js";
import { watched } from "./watch.js";

/** What the process ends with. */
export const EXIT = { good: 0, bad: 1, usage: 2, internal: 3, interrupted: 130 } as const;

type RunCommand = Extract<Command, { kind: "run" }>;
type CheckCommand = Extract<Command, { kind: "check" }>;

/** `ioasid run`: every file to its end, then what came of it. */
export async function run(command: RunCommand): Promise<number> {
  const { programs, unreadable } = await compileAll(command.files);
  const missing = command.scenarios.find((title) => !programs.some((program) => hasScenario(program, title)));
  if (missing !== undefined && programs.length > 0) return noScenario(missing, programs);
  const options: RunOptions = {
    record: command.format === "json",
    ...(command.scenarios.length > 0 && { scenarios: new Set(command.scenarios) }),
  };
  const { results, isWhole } = await runAll(programs, options);
  const style = styleOf(command);
  await print(
    command.format,
    () => [...results.map((result) => runText(result, style)), ...totalText(results, style)].join("\n"),
    () => runJson(results),
  );
  return exitCode(unreadable, isWhole, results);
}

/** `ioasid check`: the same run, of which only the diagnostics are shown. */
export async function check(command: CheckCommand): Promise<number> {
  const fixer = command.fix && new Fixer(command.fix, command.files);
  const { programs, unreadable } = await compileAll(command.files, fixer);
  const { results, isWhole } = await runAll(programs, {});
  const style = styleOf(command);
  if (fixer?.takesOutput) await write(process.stdout, fixer.text);
  await print(
    command.format,
    () => results.map(({ program, diagnostics }) => checkText(program, diagnostics, style)).join(""),
    () => checkJson(results),
    fixer?.takesOutput ? process.stderr : process.stdout,
  );
  return exitCode(unreadable || fixer?.hasFailed === true, isWhole, results);
}

/** Every file that can be read, fixed if that is asked for, and compiled; the others are said on standard error. */
async function compileAll(
  files: readonly string[],
  fixer?: Fixer,
): Promise<{ programs: Program[]; unreadable: boolean }> {
  const programs: Program[] = [];
  const configs = new Configs();
  for (const file of files) {
    const name = file === "-" ? STDIN : file;
    const text: Text = file === "-" ? await standardInput() : readText(file);
    if (typeof text !== "string") {
      process.stderr.write(`ioasid: ${text.error}\n`);
      continue;
    }
    const config = configs.for(name);
    const analyzed = (changed: string) => analyzeText(name, changed, config);
    programs.push(analyzed(fixer?.fix(name, text, analyzed) ?? text).program);
  }
  return { programs, unreadable: programs.length < files.length };
}

/** The named file is read once, before; the host reads what it imports. */
function analyzeText(name: string, text: string, config: ReturnType<Configs["for"]>): Analysis {
  const host = new FileHost(name);
  const read = (path: string): Text => (path === name ? text : host.read(path));
  return analyze(name, { read, resolve: host.resolve }, config && { config });
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return decode(Buffer.concat(chunks));
}

/** Runs one program after the other until all have run or a signal stops them. */
async function runAll(
  programs: readonly Program[],
  options: RunOptions,
): Promise<{ results: RunResult[]; isWhole: boolean }> {
  const results: RunResult[] = [];
  for (const program of programs) {
    const current = start(program, options);
    const isWhole = await watched(program, process.stderr, (watcher) => runInSlices(current, watcher));
    results.push(current.result());
    if (!isWhole) {
      process.stderr.write(
        `ioasid: interrupted in ${program.file}; what follows is only what ran until then.\n`,
      );
      return { results, isWhole };
    }
  }
  return { results, isWhole: true };
}

async function print(
  format: Format,
  text: () => string,
  json: () => unknown,
  stream: Writable = process.stdout,
): Promise<void> {
  if (format === "json") await writeJson(stream, json());
  else await write(stream, text());
}

function styleOf({ color }: RunCommand | CheckCommand): Style {
  return styleFor(color, { isTerminal: process.stdout.isTTY === true, environment: process.env });
}

function exitCode(unreadable: boolean, isWhole: boolean, results: readonly RunResult[]): number {
  if (results.some(({ diagnostics }) => diagnostics.some(isInternalError))) return EXIT.internal;
  if (!isWhole) return EXIT.interrupted;
  if (unreadable) return EXIT.usage;
  return results.every((result) => summaryOf(result).isGood) ? EXIT.good : EXIT.bad;
}

function hasScenario(program: Program, title: string): boolean {
  return program.scenarios.some((scenario) => scenario.title === title);
}

function noScenario(title: string, programs: readonly Program[]): number {
  const titles = programs.flatMap(({ scenarios }) => scenarios.map((scenario) => `"${scenario.title}"`));
  const known = titles.length === 0 ? "there is no scenario at all" : `there are ${titles.join(", ")}`;
  process.stderr.write(`ioasid: ${printable(`There is no scenario "${title}"; ${known}.`)}\n`);
  return EXIT.usage;
}

import {
  type Analysis,
  analyze,
  type Diagnostic,
  fixesFor,
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
  type Unreadable,
} from "../engine/report/index.js";
import type { Command } from "./arguments.js";
import { Configs } from "./config.js";
import { decode, FileHost, readText, STDIN, type Text } from "./files.js";
import { Fixer } from "./fix.js";
import { type Output, print } from "./formats.js";
import { write } from "./output.js";
import type { Seen } from "./rerun.js";
import { runInSlices } from "./slices.js";
import { styleFor } from "./terminal.js";
import { tooManyWarnings } from "./warnings.js";
import { watched } from "./watch.js";

/** What the process ends with. */
export const EXIT = { good: 0, bad: 1, usage: 2, internal: 3, interrupted: 130 } as const;

type RunCommand = Extract<Command, { kind: "run" }>;
type CheckCommand = Extract<Command, { kind: "check" }>;

/** `ioasid run`: every file to its end, then what came of it. */
export async function run(command: RunCommand, seen?: Seen): Promise<number> {
  const job = await compileAll(command.files);
  seen?.(filesOf(job));
  const { programs } = job;
  const missing = command.scenarios.find((title) => !programs.some((program) => hasScenario(program, title)));
  if (missing !== undefined && programs.length > 0) return noScenario(missing, programs);
  const options: RunOptions = {
    record: command.format === "json",
    ...(command.scenarios.length > 0 && { scenarios: new Set(command.scenarios) }),
  };
  const { results, isWhole } = await runAll(programs, options);
  const style = styleOf(command);
  await print(process.stdout, command.format, {
    ...outputOf(job, results, isWhole),
    text: () => [...results.map((result) => runText(result, style)), ...totalText(results, style)].join("\n"),
    json: () => runJson(results),
  });
  return exitCode(command, job.unreadable.length > 0, isWhole, results, job.failures);
}

/** `ioasid check`: the same run, of which only the diagnostics are shown. */
export async function check(command: CheckCommand, seen?: Seen): Promise<number> {
  const fixer = command.fix && new Fixer(command.fix, command.files);
  const job = await compileAll(command.files, fixer);
  seen?.(filesOf(job));
  const { results, isWhole } = await runAll(job.programs, {});
  const style = styleOf(command);
  if (fixer?.takesOutput) await write(process.stdout, fixer.text);
  await print(fixer?.takesOutput ? process.stderr : process.stdout, command.format, {
    ...outputOf(job, results, isWhole),
    text: () => results.map(({ program, diagnostics }) => checkText(program, diagnostics, style)).join(""),
    json: () => checkJson(results),
  });
  const failures = [...(fixer?.failures ?? []), ...job.failures];
  return exitCode(
    command,
    job.unreadable.length > 0 || fixer?.hasFailed === true,
    isWhole,
    results,
    failures,
  );
}

/** The named files: those that could be read and compiled, and the others. */
interface Job {
  readonly programs: readonly Program[];
  readonly analyses: ReadonlyMap<Program, Analysis>;
  readonly unreadable: readonly Unreadable[];
  /** Paths that were looked at beside the named files, those where nothing is among them. */
  readonly looked: ReadonlySet<string>;
  /** Internal errors of rules whose fixes fail, which are asked for only when the findings are written. */
  readonly failures: Diagnostic[];
}

/** Every file that a change of would give another result. */
function filesOf({ programs, unreadable, looked }: Job): string[] {
  return [...programs, ...unreadable].map(({ file }) => file).concat(...looked);
}

function outputOf(
  { analyses, unreadable, failures }: Job,
  files: readonly RunResult[],
  isWhole: boolean,
): Pick<Output, "report" | "fixesOf"> {
  return {
    report: { files, unreadable, isWhole },
    fixesOf: (diagnostic: Diagnostic, program: Program) => {
      const analysis = analyses.get(program);
      return analysis ? fixesFor(diagnostic, analysis, failures) : [];
    },
  };
}

/** Every file that can be read, fixed if that is asked for, and compiled; the others are said on standard error. */
async function compileAll(files: readonly string[], fixer?: Fixer): Promise<Job> {
  const analyses = new Map<Program, Analysis>();
  const unreadable: Unreadable[] = [];
  const configs = new Configs();
  const { looked } = configs;
  for (const file of files) {
    const name = file === "-" ? STDIN : file;
    const text: Text = file === "-" ? await standardInput() : readText(file);
    if (typeof text !== "string") {
      process.stderr.write(`ioasid: ${text.error}\n`);
      unreadable.push({ file: name, message: text.error });
      continue;
    }
    const config = configs.for(name);
    const analyzed = (changed: string) => analyzeText(name, changed, config, looked);
    const analysis = analyzed(fixer?.fix(name, text, analyzed) ?? text);
    analyses.set(analysis.program, analysis);
  }
  return { programs: [...analyses.keys()], analyses, unreadable, looked, failures: [] };
}

/** The named file is read once, before; the host reads what it imports. @param looked takes the paths of that */
function analyzeText(
  name: string,
  text: string,
  config: ReturnType<Configs["for"]>,
  looked: Set<string>,
): Analysis {
  const host = new FileHost(name);
  const read = (path: string): Text => {
    if (path === name) return text;
    looked.add(path);
    return host.read(path);
  };
  return analyze(name, { read, resolve: host.resolve }, config && { config });
}

/** Everything that standard input holds. */
export async function standardInput(): Promise<string> {
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

/** Colours of standard output. */
export function styleOf({ color }: { readonly color: boolean }): Style {
  return styleFor(color, { isTerminal: process.stdout.isTTY === true, environment: process.env });
}

function exitCode(
  { maxWarnings }: RunCommand | CheckCommand,
  unreadable: boolean,
  isWhole: boolean,
  results: readonly RunResult[],
  failures: readonly Diagnostic[],
): number {
  // Those of the results are among the findings; these are told nowhere else.
  for (const message of new Set(failures.map((each) => each.message))) {
    process.stderr.write(`ioasid: ${printable(message)}\n`);
  }
  const findings = [...failures, ...results.flatMap(({ diagnostics }) => diagnostics)];
  if (findings.some(isInternalError)) return EXIT.internal;
  if (!isWhole) return EXIT.interrupted;
  if (unreadable) return EXIT.usage;
  const tooMany = tooManyWarnings(results, maxWarnings);
  if (tooMany !== undefined) process.stderr.write(`ioasid: ${tooMany}\n`);
  const isGood = results.every((result) => summaryOf(result).isGood);
  return isGood && tooMany === undefined ? EXIT.good : EXIT.bad;
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

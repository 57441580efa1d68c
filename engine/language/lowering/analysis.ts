import type { Platform } from "../../simulator/index.js";
import type { Entry } from "../names/definition.js";
import type { Loaded } from "../names/load.js";
import type { Symbols } from "../names/symbols.js";
import type { Program, Step } from "../program.js";
import { findSwitches, type LevelSetting, type ReadConfig, showing } from "../switches/index.js";
import type { ParsedFile } from "../syntax/index.js";
import type { Allowances } from "./allowances.js";
import type { Context } from "./context.js";
import type { Lookup } from "./place.js";

/** What a compilation may be told beside the file. */
export interface CompileOptions {
  /** The configuration that holds for the file; what is wrong with it is told among the findings of the file. */
  readonly config?: ReadConfig;
  /** Levels of rules, for those of which the configuration says nothing. */
  readonly levels?: ReadonlyMap<string, LevelSetting>;
  /** The version of the calls to compile for, whatever the file states: what would another kernel say? */
  readonly uapi?: Platform["uapi"];
}

/** A compiled file with what an editor needs beside the program. */
export interface Analysis {
  readonly program: Program;
  readonly symbols: Symbols;
  /** The syntax trees by file, the root file first. */
  readonly trees: ReadonlyMap<string, ParsedFile>;
  /** Requests that do not run because what is written after `=>` cannot be read: somebody may be writing it. */
  readonly unread: readonly Step[];
  /** What the next compilation can go on from, when little has changed until then. */
  readonly compilation: Compilation;
}

/** A block of an owner or a scenario, and what of the program is its own. Ends are exclusive. */
export interface LoweredBlock {
  readonly file: string;
  /** Index among the items of the file. */
  readonly index: number;
  readonly imported: boolean;
  readonly owner: Entry | undefined;
  /** Names that a scenario makes. */
  readonly local: ReadonlyMap<string, readonly Entry[]> | undefined;
  /** Index of its scenario; its steps are counted there, those of an owner in the start state. */
  readonly scenario: number | undefined;
  readonly steps: number;
  readonly stepsEnd: number;
  readonly origins: number;
  readonly originsEnd: number;
}

/** The statements of a program, lowered. */
export interface Steps extends Pick<Program, "start" | "scenarios">, Pick<Analysis, "unread"> {
  /** In the order in which they were lowered. */
  readonly blocks: readonly LoweredBlock[];
  readonly lookup: Lookup;
  readonly allowances: Allowances;
}

/** A compilation when everything is lowered. */
export interface Compilation extends Steps {
  readonly file: string;
  readonly options: CompileOptions;
  readonly sources: Loaded["sources"];
  readonly imports: Loaded["imports"];
  readonly context: Context;
  readonly platform: Platform;
}

/** The last step of a compilation: what is wrong is told as the switches want it. */
export function analysisOf(compilation: Compilation): Analysis {
  const { file, options, sources, context, platform, start, scenarios, unread } = compilation;
  const { config: read, levels } = options;
  const { reporter, origins, names } = context;
  const whole = reporter.fork();
  const switches = findSwitches(sources.values(), read?.config, levels, whole);
  const shown = showing(switches, [...whole.diagnostics, ...(read?.diagnostics ?? [])]);
  const texts = new Map([...sources].map(([name, { text }]) => [name, text]));
  if (read) texts.set(read.config.file, read.config.text);
  const trees = new Map([...sources].map(([name, { tree }]) => [name, tree]));
  const program = { file, platform, start, scenarios, origins, sources: texts, ...shown };
  return { program, symbols: names.symbols, trees, unread, compilation };
}

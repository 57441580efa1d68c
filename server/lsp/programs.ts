import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { type Checked, type RunResult, start } from "../../engine/language/index.js";
import type { View } from "../../engine/services/index.js";
import type { Compiled, Compiler } from "./compile.js";
import type { Environment } from "./environment.js";
import { cancelled, raced } from "./raced.js";
import { Signal } from "./signal.js";
import { isLongRun, runSlice, TURN_MILLISECONDS } from "./sliced-run.js";

/** A text beyond this many UTF-16 units is checked but not run, and only what stays cheap is offered for it. */
export const LARGE_UNITS = 8 * 1024 * 1024;

/** A root file that was run, with everything that a feature asks. */
export interface Simulated extends View {
  readonly compiled: Compiled;
}

/** Learns of runs, for progress and the status bar. */
export interface RunWatcher {
  /** A run began. @returns what to call when it has ended, and whether somebody asked to stop it */
  began(uri: string): { ended(): void; isStopped(): boolean };
}

/** Whether a question failed since its file is no root file, or not any more. */
export function isOfUnknownFile(error: unknown): boolean {
  return error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified;
}

/** Every root file that the server knows: compiled when asked and not before, run when asked and not before. */
export class Programs {
  private readonly entries = new Map<string, Entry>();
  private readonly search = new Signal();
  private searches = 0;
  private generations = 0;
  private readonly listeners: ((compiled: Compiled) => void)[] = [];

  constructor(
    private readonly compiler: Compiler,
    private readonly environment: Environment,
    private readonly watcher: RunWatcher,
  ) {}

  /** @param listener called whenever a root file has run to its end */
  onRan(listener: (compiled: Compiled) => void): void {
    this.listeners.push(listener);
  }

  /** Addresses of all root files. */
  get uris(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** Makes a file a root file; nothing happens yet. */
  add(uri: string): void {
    if (this.entries.has(uri)) return;
    this.entries.set(uri, { generation: this.nextGeneration(), compiled: undefined, known: undefined });
  }

  remove(uri: string): void {
    const entry = this.entries.get(uri);
    if (entry) entry.generation = this.nextGeneration();
    this.entries.delete(uri);
  }

  /** Drops all work; nothing more is asked. */
  stop(): void {
    for (const uri of this.uris) this.remove(uri);
  }

  /** A number that is another one after each change that matters for a root file. */
  generation(uri: string): number | undefined {
    return this.entries.get(uri)?.generation;
  }

  has(uri: string): boolean {
    return this.entries.has(uri);
  }

  /** A file changed. @returns the root files that it matters for, itself first; their work so far is dropped */
  changed(uri: string): readonly string[] {
    const concerned: string[] = [];
    const own = this.entries.get(uri);
    for (const [root, entry] of own ? [[uri, own] as const, ...this.others(uri)] : this.entries) {
      const reads = entry.known?.reads;
      if (root !== uri && !reads?.has(uri)) continue;
      entry.generation = this.nextGeneration();
      entry.compiled = undefined;
      concerned.push(root);
    }
    return concerned;
  }

  private others(uri: string): (readonly [string, Entry])[] {
    return [...this.entries].filter(([root]) => root !== uri);
  }

  /** Numbers are never given twice, so that a file that comes back is not taken for the one that went. */
  private nextGeneration(): number {
    this.generations += 1;
    return this.generations;
  }

  /** What was compiled last, even when a change came since; `undefined` when nothing was yet. */
  latest(uri: string): Compiled | undefined {
    return this.entries.get(uri)?.known;
  }

  /** What was compiled last, when no change came since. */
  current(uri: string): Compiled | undefined {
    const entry = this.entries.get(uri);
    return entry?.knownGeneration === entry?.generation ? entry?.known : undefined;
  }

  /** Root files whose program, as last compiled, holds a file. */
  using(uri: string): readonly string[] {
    return [...this.entries].flatMap(([root, { known }]) =>
      root === uri || known?.reads.has(uri) ? [root] : [],
    );
  }

  /** The file as it stands. @throws ResponseError when the request was cancelled or the file is gone */
  async compiled(uri: string, token?: CancellationToken): Promise<Compiled> {
    if (!this.entries.has(uri)) await this.search.given(token);
    for (;;) {
      const entry = this.entries.get(uri);
      if (!entry || token?.isCancellationRequested) throw stopped(token);
      const { generation } = entry;
      entry.compiled ??= this.compiler.compile(uri, () => entry.generation !== generation, entry.known);
      const compiled = await raced(entry.compiled, token);
      if (compiled && entry.generation === generation) {
        entry.known = compiled;
        entry.knownGeneration = generation;
        return compiled;
      }
    }
  }

  /** The workspace is being searched for root files; `searched` has to follow. */
  searching(): void {
    this.searches += 1;
    this.search.takeBack();
  }

  /** The workspace was searched: whatever root files it has are known from now on. */
  searched(): void {
    this.searches -= 1;
    if (this.searches === 0) this.search.give();
  }

  /** Waits until the workspace has been searched. @throws ResponseError when the request was cancelled */
  found(token?: CancellationToken): Promise<void> {
    return this.search.given(token);
  }

  /**
   * All root files as they stand, once the workspace has been searched; the files of all of them belong to one
   * moment. Messages are heard while it goes on.
   * @throws ResponseError when the request was cancelled
   */
  async all(token?: CancellationToken): Promise<readonly Compiled[]> {
    await this.found(token);
    for (;;) {
      const found = await this.gathered(token);
      if (found.every((compiled) => this.isCurrent(compiled))) return found;
    }
  }

  private async gathered(token: CancellationToken | undefined): Promise<readonly Compiled[]> {
    const found: Compiled[] = [];
    await this.each(this.uris, token, async (uri) => {
      try {
        found.push(await this.compiled(uri, token));
      } catch (error) {
        if (!isOfUnknownFile(error)) throw error;
      }
    });
    return found;
  }

  /** Does something with one thing after the other, and hears messages now and then. @throws ResponseError when cancelled */
  async each<T>(
    things: readonly T[],
    token: CancellationToken | undefined,
    visit: (thing: T) => Promise<void> | void,
  ): Promise<void> {
    let turnEnds = this.environment.now() + TURN_MILLISECONDS;
    for (const thing of things) {
      await visit(thing);
      if (this.environment.now() < turnEnds) continue;
      await this.environment.nextTurn();
      if (token?.isCancellationRequested) throw stopped(token);
      turnEnds = this.environment.now() + TURN_MILLISECONDS;
    }
  }

  private isCurrent(compiled: Compiled): boolean {
    return this.current(compiled.uri) === compiled;
  }

  /** The file as it stands, run to its end. @throws ResponseError like `compiled` */
  async simulated(uri: string, token?: CancellationToken): Promise<Simulated> {
    for (;;) {
      const compiled = await this.compiled(uri, token);
      const entry = this.entries.get(uri);
      if (!entry) throw stopped(token);
      const { generation } = entry;
      if (entry.run?.of !== compiled) {
        const running = this.run(compiled, () => entry.generation !== generation);
        entry.run = new Ran(compiled, running, () => this.ran(compiled));
      }
      const result = await raced(entry.run.result, token);
      if (entry.generation === generation) return { compiled, analysis: compiled.analysis, result };
    }
  }

  private ran(compiled: Compiled): void {
    for (const listener of this.listeners) listener(compiled);
  }

  /** The run of a program if it is the last one of its file and has ended; nothing is run for this. */
  finished(compiled: Compiled): RunResult | undefined {
    const run = this.entries.get(compiled.uri)?.run;
    return run?.of === compiled ? run.ended : undefined;
  }

  /**
   * A root file with another text in its place, compiled and run; nothing of it is kept.
   * @throws ResponseError when it was cancelled or stopped, or the file has changed meanwhile
   */
  async tried(uri: string, text: string, token?: CancellationToken): Promise<Checked> {
    const entry = this.entries.get(uri);
    if (!entry) throw stopped(token);
    const { generation } = entry;
    const isStale = (): boolean => entry.generation !== generation || token?.isCancellationRequested === true;
    const compiled = await this.compiler.compile(uri, isStale, entry.known, text);
    const result = compiled && !isStale() ? await this.run(compiled, isStale) : undefined;
    if (!compiled || !result) throw stopped(token);
    return { analysis: compiled.analysis, diagnostics: result.diagnostics };
  }

  /** Runs in slices between which messages are heard; `undefined` when it was dropped or the file is too large. */
  private async run(compiled: Compiled, isStale: () => boolean): Promise<RunResult | undefined> {
    const { program } = compiled.analysis;
    if (isLarge(compiled)) return undefined;
    const run = start(program);
    const watched = this.watcher.began(compiled.uri);
    try {
      // What is known without a long run is on its way before the first slice of it; a short one may have ended then.
      let isOver = !isLongRun(program) && !runSlice(run, this.environment);
      while (!isOver) {
        await this.environment.nextTurn();
        if (isStale() || watched.isStopped()) return undefined;
        isOver = !runSlice(run, this.environment);
      }
      return run.result();
    } finally {
      watched.ended();
    }
  }
}

interface Entry {
  /** Counts the changes that matter for it; work of an older one is dropped. */
  generation: number;
  compiled: Promise<Compiled | undefined> | undefined;
  known: Compiled | undefined;
  /** The generation that `known` is of. */
  knownGeneration?: number;
  run?: Ran;
}

/** The run of a program, while it goes on and afterwards. */
class Ran {
  ended: RunResult | undefined;

  constructor(
    readonly of: Compiled,
    readonly result: Promise<RunResult | undefined>,
    isOver: () => void,
  ) {
    result.then(
      (ended) => {
        this.ended = ended;
        if (ended) isOver();
      },
      // Whoever waits for the result hears of it.
      () => undefined,
    );
  }
}

export function isLarge({ analysis }: Compiled): boolean {
  return (analysis.program.sources.get(analysis.program.file)?.length ?? 0) > LARGE_UNITS;
}

function stopped(token: CancellationToken | undefined): ResponseError<void> {
  return token?.isCancellationRequested
    ? cancelled()
    : new ResponseError(LSPErrorCodes.ContentModified, "The file is not known any more.");
}

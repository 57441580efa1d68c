import { type CancellationToken, CancellationTokenSource, type Connection } from "vscode-languageserver";
import type { Checker } from "../checker.js";
import type { Environment } from "../environment.js";
import { isOfUnknownFile, type Programs } from "../programs.js";
import { inBackground } from "../quietly.js";
import { isLongRun } from "../sliced-run.js";

/** A run that takes longer than this is not waited for: what is known without it is told first. */
const PATIENCE_MILLISECONDS = 20;

const IMPATIENT = Symbol("the run takes long");

/** Hears of checks. */
export interface CheckListener {
  /** The findings of these files may be others now; twice in a check whose run takes long. */
  told(files: readonly string[]): void;
}

/** Files whose findings may differ now; nothing when the check was dropped. */
type Settled = Promise<readonly string[] | undefined>;

/** One check of a root file. */
interface Going {
  readonly generation: number | undefined;
  readonly cancel: CancellationTokenSource;
  /** Ends with the run, or before it when the run takes long. */
  first: Promise<void>;
  /** Ends with the run. */
  whole: Promise<void>;
}

/** Checks root files, each once for what it is now: a newer check of a file drops the older one. */
export class Checks {
  private readonly going = new Map<string, Going>();

  constructor(
    private readonly connection: Connection,
    private readonly environment: Environment,
    private readonly programs: Programs,
    private readonly checker: Checker,
    private readonly listener: CheckListener,
  ) {}

  /** Checks a root file as it stands. When its run takes long, this ends before the run does. */
  check(uri: string): Promise<void> {
    return this.begun(uri).first;
  }

  /** The same, to the end of the run. */
  checkWhole(uri: string): Promise<void> {
    return this.begun(uri).whole;
  }

  /** A root file is another one now, or gone: what is not told by now is not told at all. */
  drop(uri: string): void {
    this.going.get(uri)?.cancel.cancel();
    this.going.delete(uri);
  }

  stop(): void {
    for (const uri of [...this.going.keys()]) this.drop(uri);
  }

  private begun(uri: string): Going {
    const generation = this.programs.generation(uri);
    const known = this.going.get(uri);
    if (known?.generation === generation && known) return known;
    this.drop(uri);
    const cancel = new CancellationTokenSource();
    const going: Going = { generation, cancel, first: Promise.resolve(), whole: Promise.resolve() };
    this.going.set(uri, going);
    // Before the run, which would not let go of its first slice.
    const early = this.settled(uri, going, (token) => this.checker.checkText(uri, token, isLongRun));
    const run = this.settled(uri, going, (token) => this.checker.checkRun(uri, token));
    going.first = this.first(uri, going, early, run);
    going.whole = Promise.all([run, going.first]).then(([files]) => this.tell(going, files));
    return going;
  }

  /** When the run takes long, tells what is known without it. */
  private async first(uri: string, going: Going, early: Settled, run: Settled): Promise<void> {
    const known = await early;
    if (known) {
      this.tell(going, known);
      return;
    }
    const files = await Promise.race([run, this.patience(run)]);
    if (files !== IMPATIENT) {
      this.tell(going, files);
      return;
    }
    this.tell(going, await this.settled(uri, going, (token) => this.checker.checkText(uri, token)));
  }

  private patience(run: Promise<unknown>): Promise<typeof IMPATIENT> {
    return new Promise((resolve) => {
      const cancel = this.environment.after(PATIENCE_MILLISECONDS, () => resolve(IMPATIENT));
      void run.then(cancel);
    });
  }

  private tell({ cancel }: Going, files: readonly string[] | undefined): void {
    if (files && !cancel.token.isCancellationRequested) this.listener.told(files);
  }

  /** A check that was dropped ends with nothing; so does one that fails, which must never leave old findings. */
  private async settled(
    uri: string,
    { cancel }: Going,
    check: (token: CancellationToken) => Promise<readonly string[] | undefined>,
  ): Settled {
    try {
      return await check(cancel.token);
    } catch (error) {
      if (cancel.token.isCancellationRequested || isOfUnknownFile(error)) return undefined;
      inBackground(this.connection, Promise.reject(error));
      return this.checker.forget(uri);
    }
  }
}

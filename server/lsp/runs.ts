import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";
import type { Environment } from "./environment.js";
import type { RunWatcher } from "./programs.js";

/** A run that ends before this needs no word about it. */
const QUIET_MILLISECONDS = 1000;

/** Shows the progress of long runs, from where they can be stopped, and counts those that go on. */
export class RunProgress implements RunWatcher {
  private going = 0;

  /**
   * @param showsProgress whether the client has a place for it
   * @param changed called when the first run begins and when the last one ends
   */
  constructor(
    private readonly connection: Connection,
    private readonly environment: Environment,
    private readonly showsProgress: boolean,
    private readonly nameOf: (uri: string) => string,
    private readonly changed: () => void,
  ) {}

  get isSimulating(): boolean {
    return this.going > 0;
  }

  began(uri: string): ReturnType<RunWatcher["began"]> {
    let reporter: WorkDoneProgressServerReporter | undefined;
    let hasEnded = false;
    const begin = async (): Promise<void> => {
      const created = await this.reporter();
      if (hasEnded || !created) return;
      reporter = created;
      reporter.begin("IOASID", undefined, `Simulating ${this.nameOf(uri)}`, true);
    };
    const cancel = this.environment.after(QUIET_MILLISECONDS, () => {
      if (this.showsProgress) void begin();
    });
    this.count(1);
    return {
      isStopped: () => reporter?.token.isCancellationRequested ?? false,
      ended: () => {
        hasEnded = true;
        cancel();
        reporter?.done();
        this.count(-1);
      },
    };
  }

  /** A client that shows no progress although it says so does not keep a run from going on. */
  private reporter(): Promise<WorkDoneProgressServerReporter | undefined> {
    return this.connection.window.createWorkDoneProgress().catch(() => undefined);
  }

  private count(difference: 1 | -1): void {
    const before = this.isSimulating;
    this.going += difference;
    if (this.isSimulating !== before) this.changed();
  }
}

import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";
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
    private readonly showsProgress: () => boolean,
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
      const created = await this.connection.window.createWorkDoneProgress();
      if (hasEnded) return;
      reporter = created;
      reporter.begin("IOASID", undefined, `Simulating ${this.nameOf(uri)}`, true);
    };
    const timer = setTimeout(() => {
      if (this.showsProgress()) void begin();
    }, QUIET_MILLISECONDS);
    this.count(1);
    return {
      isStopped: () => reporter?.token.isCancellationRequested ?? false,
      ended: () => {
        hasEnded = true;
        clearTimeout(timer);
        reporter?.done();
        this.count(-1);
      },
    };
  }

  private count(difference: 1 | -1): void {
    const before = this.isSimulating;
    this.going += difference;
    if (this.isSimulating !== before) this.changed();
  }
}

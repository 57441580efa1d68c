import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** Something that happens, and that others wait for. */
export class Signal {
  private readonly waiting = new Set<() => void>();
  private hasHappened = false;

  /** It has happened: whoever waits goes on. */
  give(): void {
    this.hasHappened = true;
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  /** It has not happened after all: whoever comes from now on waits for it. */
  takeBack(): void {
    this.hasHappened = false;
  }

  /** Waits until it has happened. @throws ResponseError when the request was cancelled meanwhile */
  async given(token?: CancellationToken): Promise<void> {
    while (!this.hasHappened && !token?.isCancellationRequested) await this.next(token);
    if (token?.isCancellationRequested) {
      throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
    }
  }

  private next(token: CancellationToken | undefined): Promise<void> {
    return new Promise((resolve) => {
      const listener = token?.onCancellationRequested(() => wake());
      const wake = (): void => {
        listener?.dispose();
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
    });
  }
}

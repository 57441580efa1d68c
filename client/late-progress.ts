import * as vscode from "vscode";

/** Work that ends before this many milliseconds needs no word about it. */
const QUIET_MILLISECONDS = 1000;

/** Tells how far the work is. */
export type Report = (message: string, done: number, total: number) => void;

/** What `longWork` gives for work that somebody stopped. */
export const STOPPED = Symbol("stopped");

/**
 * Work that shows its progress, with a button to stop it, once it has taken a second.
 * @param title what is going on, such as `Simulating guest-sva.ioasid`
 * @returns what the work returns, or `STOPPED` when somebody stopped it
 */
export async function longWork<T>(
  title: string,
  work: (token: vscode.CancellationToken, report: Report) => Promise<T>,
): Promise<T | typeof STOPPED> {
  const source = new vscode.CancellationTokenSource();
  let shown: vscode.Progress<{ message?: string; increment?: number }> | undefined;
  let percent = 0;
  const report: Report = (message, done, total) => {
    if (!shown) return;
    const now = total > 0 ? Math.floor((100 * done) / total) : 0;
    shown.report({ message, increment: Math.max(0, now - percent) });
    percent = Math.max(now, percent);
  };
  const ending = work(source.token, report);
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void vscode.window.withProgress(options, (progress, token) => {
      shown = progress;
      token.onCancellationRequested(() => source.cancel());
      return ending.then(ignore, ignore);
    });
  }, QUIET_MILLISECONDS);
  try {
    const result = await ending;
    return source.token.isCancellationRequested ? STOPPED : result;
  } catch (error) {
    if (source.token.isCancellationRequested) return STOPPED;
    throw error;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}

/** The outcome is told elsewhere. */
function ignore(): void {}

import type { Connection } from "vscode-languageserver";

/**
 * Lets something be told to the client, or asked of it, that nothing depends on. A client that does not
 * answer, or is gone, is no failure of the server.
 */
export function withoutAnswer(asked: Promise<unknown>): void {
  asked.catch(() => undefined);
}

/** Lets work go on that nobody waits for; should it fail, that is a bug, and the client's log tells of it. */
export function inBackground(connection: Connection, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(reason);
  });
}

import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** What a request ends with that its client has cancelled. */
export function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

/**
 * What a promise gives, unless the request is cancelled before: nobody waits for the work then, though it may
 * go on for others.
 * @throws ResponseError when it is
 */
export function raced<T>(promise: Promise<T>, token: CancellationToken | undefined): Promise<T> {
  if (!token) return promise;
  return new Promise((resolve, reject) => {
    if (token.isCancellationRequested) reject(cancelled());
    const listener = token.onCancellationRequested(() => reject(cancelled()));
    promise.then(resolve, reject).finally(() => listener.dispose());
  });
}

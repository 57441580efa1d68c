/**
 * Lets something be asked of the client that nothing depends on, such as to ask anew for what it shows. A
 * client that does not answer, or is gone, is no failure of the server.
 */
export function withoutAnswer(asked: Promise<unknown>): void {
  asked.catch(() => undefined);
}

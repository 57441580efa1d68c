/**
 * What is wrong with a command line, of an error that `parseArgs` threw: it tells so only by an exception.
 * @throws whatever else was thrown
 */
export function wrongUsage(error: unknown): string {
  if (!(error instanceof TypeError)) throw error;
  // What follows the first sentence is advice for whoever calls `parseArgs`.
  return error.message.split(". ")[0] ?? error.message;
}

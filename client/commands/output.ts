import type { Extension } from "../extension.js";

/** Restart Language Server: also after it was given up. */
export async function restartServer({ server, log }: Extension): Promise<void> {
  log.info("The language server is restarted by hand.");
  await server.restart();
}

/** Shows the results of runs, or with `"server"` what the client of the language server has to say. */
export async function showOutput({ output, log }: Extension, which?: unknown): Promise<void> {
  if (which === "server") log.show(true);
  else output.show(true);
}

import type { CancellationToken } from "vscode-languageserver";
import { hoverAt, type View } from "../../../engine/services/index.js";
import { answered, askedAt } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Context, Feature } from "../context.js";
import { markupOf } from "../markup.js";
import { isLongRun } from "../sliced-run.js";

/**
 * A run that takes longer is not waited for, nor is one that takes long in any case: what the text alone tells is
 * shown at once.
 */
const PATIENCE_MILLISECONDS = 200;

/** What can be said about the name, word or number under the mouse. */
export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register(context) {
    const { connection, client } = context;
    connection.onHover(
      answered(null, async (params, token) => {
        const { compiled, file, offset, places } = await askedAt(context, params, token);
        const found = hoverAt(await viewOf(context, compiled, token), file, offset);
        return found ? { contents: markupOf(found.blocks, client), range: places.range(found) } : null;
      }),
    );
  },
};

/** The program with its run, if that ends soon; one that takes long in any case goes on for whoever asks next. */
async function viewOf({ programs }: Context, compiled: Compiled, token: CancellationToken): Promise<View> {
  const { analysis } = compiled;
  const ended = programs.finished(compiled);
  if (ended) return { analysis, result: ended };
  const whole = programs.simulated(compiled.uri, token).catch(() => undefined);
  if (isLongRun(analysis.program)) return { analysis, result: undefined };
  const run = await Promise.race([whole, after(PATIENCE_MILLISECONDS)]);
  // Another text may have come meanwhile; the offset is one of this program.
  return { analysis, result: run?.compiled === compiled ? run.result : undefined };
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

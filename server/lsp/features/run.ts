import { type CancellationToken, LSPErrorCodes, ProgressType, ResponseError } from "vscode-languageserver";
import { start } from "../../../engine/language/index.js";
import { scenariosOf } from "../../../engine/services/index.js";
import {
  type FileScenarios,
  LIST_SCENARIOS,
  type ListScenariosParams,
  type ListScenariosResult,
  RUN_FILE,
  type RunFileParams,
  type RunFileResult,
  type RunProgress,
} from "../../protocol/index.js";
import { rangeOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Context, Feature } from "../context.js";
import { withoutAnswer } from "../quietly.js";
import { runAnswer, scenarioOutcome } from "../run-answers.js";
import { runSliced, stepCount } from "../sliced-run.js";
import { keyOf } from "../uris.js";

/** Runs that somebody asks for, and the scenarios that there are to ask for. */
export const run: Feature = {
  capabilities: () => ({}),
  register(context) {
    const { connection } = context;
    connection.onRequest(RUN_FILE, (params: RunFileParams, token) => runFile(context, params, token));
    connection.onRequest(
      LIST_SCENARIOS,
      async ({ uri }: ListScenariosParams, token): Promise<ListScenariosResult> => {
        const { programs } = context;
        if (uri === undefined) return (await programs.all(token)).map(scenariosIn);
        return programs.has(keyOf(uri)) ? [scenariosIn(await programs.compiled(keyOf(uri), token))] : [];
      },
    );
  },
};

function scenariosIn(compiled: Compiled): FileScenarios {
  return {
    uri: compiled.uriOf(compiled.file),
    scenarios: scenariosOf(compiled.analysis).map(({ title, span }) => ({
      title,
      range: rangeOf(compiled, span),
    })),
  };
}

async function runFile(
  { connection, environment, programs }: Context,
  { uri, scenarios, coverage = false, progress }: RunFileParams,
  token: CancellationToken,
): Promise<RunFileResult> {
  if (!programs.has(keyOf(uri))) {
    const text = `${uri} is neither open nor in a folder of the workspace, so it cannot be run.`;
    throw new ResponseError(LSPErrorCodes.RequestFailed, text);
  }
  const compiled = await programs.compiled(keyOf(uri), token);
  const { program } = compiled.analysis;
  const titles = scenarios && new Set(scenarios);
  const running = start(program, { ...(titles && { scenarios: titles }), record: coverage });
  const total = stepCount(program, titles);
  let told = 0;
  const tell = (done: number): void => {
    if (progress === undefined) return;
    const ended = running.ended.slice(told);
    told += ended.length;
    const value: RunProgress = {
      done: Math.min(done, total),
      total,
      ended: ended.map((each) => scenarioOutcome(compiled, each)),
    };
    withoutAnswer(connection.sendProgress(new ProgressType<RunProgress>(), progress, value));
  };
  const isWhole = await runSliced(running, environment, token, tell);
  return runAnswer(compiled, running.result(), isWhole, coverage);
}

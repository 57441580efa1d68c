import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { type RunResult, replay, start } from "../../../engine/language/index.js";
import {
  reportHtml,
  reportMarkdown,
  reportStagesHtml,
  runSentence,
  scenarioRun,
  stagesOf,
  summaryOf,
} from "../../../engine/report/index.js";
import {
  REPORT,
  type ReadyReport,
  type ReportParams,
  type ReportResult,
  SIMULATED,
  type SimulatedParams,
  STAGES,
  type StagesParams,
  type StagesResult,
} from "../../protocol/index.js";
import { answered, programOf, runOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Context, Feature } from "../context.js";
import { isLarge } from "../programs.js";
import { runSliced } from "../sliced-run.js";
import { withoutRun } from "../without-run.js";

/** Rows of a list in a report that is kept; one that is looked at while one types has fewer. */
const WHOLE_ROWS = 20_000;

/** The report of a file as it is simulated, and the word that it may be another one now. */
export const report: Feature = {
  capabilities: () => ({}),
  register(context) {
    const { connection, programs } = context;
    connection.onRequest<ReportResult, void>(
      REPORT,
      answered<ReportParams, ReportResult>({ state: "unknown" }, async (params, token) => {
        const ran = params.whole
          ? await recordedRun(context, params, token)
          : await runOf(context, params, token);
        const { compiled, result } = ran;
        return result ? readyReport(compiled, result, params) : { state: withoutRun(compiled) };
      }),
    );
    connection.onRequest<StagesResult, void>(
      STAGES,
      answered<StagesParams, StagesResult>(null, async (params, token) => {
        const { result } = await runOf(context, params, token);
        const { scenario, step } = params;
        const outcome = result && replay(result, { scenario, step })?.result.outcome;
        const stages = outcome ? stagesOf(outcome) : [];
        return result && stages.length > 0 ? { html: reportStagesHtml(result, stages) } : null;
      }),
    );
    programs.onRan((compiled) => {
      const { version, file } = compiled;
      if (version === undefined) return;
      const params: SimulatedParams = { uri: compiled.uriOf(file), version };
      void connection.sendNotification(SIMULATED, params);
    });
  },
};

/** A run of its own, with the stages of every walk. @throws ResponseError when the request was cancelled */
async function recordedRun(
  context: Context,
  params: ReportParams,
  token: CancellationToken,
): Promise<{ readonly compiled: Compiled; readonly result: RunResult | undefined }> {
  const compiled = await programOf(context, params, token);
  if (isLarge(compiled)) return { compiled, result: undefined };
  const run = start(compiled.analysis.program, { record: true });
  if (await runSliced(run, context.environment, token, () => {})) return { compiled, result: run.result() };
  throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

function readyReport(compiled: Compiled, all: RunResult, { scenario, whole }: ReportParams): ReadyReport {
  const part = scenario === undefined ? undefined : scenarioRun(all, scenario);
  const result = part ?? all;
  const rows = whole ? { rows: WHOLE_ROWS } : {};
  return {
    state: "ready",
    version: compiled.version ?? null,
    html: reportHtml(result, { stagesOnDemand: !whole, ...rows }),
    markdown: reportMarkdown(result, rows),
    summary: runSentence(result),
    isGood: summaryOf(result).isGood,
    scenario: part && scenario !== undefined ? scenario : null,
    scenarios: all.scenarios.map(({ scenario: { title } }) => title),
    files: Object.fromEntries([...result.program.sources.keys()].map((file) => [file, compiled.uriOf(file)])),
  };
}

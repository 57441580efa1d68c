import * as vscode from "vscode";
import type { FileCoverage, RunFileResult, ScenarioOutcome } from "../../server/protocol/index.js";
import type { LanguageServer } from "../language-server.js";
import { reasonOf } from "../reason-of.js";
import { runFile } from "../running.js";
import { type ChosenFile, chosenFiles } from "./chosen.js";
import type { CoverageDetails } from "./coverage.js";
import { mergeCoverage } from "./merge.js";
import { failureMessage } from "./messages.js";
import { idOf, named } from "./names.js";
import type { Scenarios } from "./scenarios.js";

/** Runs what the test explorer asks for. */
export class Runner {
  private readonly dependencies = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly controller: vscode.TestController,
    private readonly server: LanguageServer,
    private readonly scenarios: Scenarios,
    private readonly coverage: CoverageDetails,
  ) {}

  /** @param withCoverage whether to tell which statements were used */
  async run(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    withCoverage: boolean,
  ): Promise<void> {
    const files = chosenFiles(request, request.include ? [] : await this.scenarios.all());
    const run = this.controller.createTestRun(request);
    for (const { scenarios } of files) for (const scenario of scenarios) run.enqueued(scenario);
    const covered: (readonly FileCoverage[])[] = [];
    for (const file of files) {
      if (token.isCancellationRequested) break;
      const result = await this.runOne(run, file, token, withCoverage);
      if (result?.coverage) covered.push(result.coverage);
    }
    for (const each of mergeCoverage(covered)) run.addCoverage(this.coverage.keep(each));
    run.end();
  }

  /** Whether a file depends on another one, as far as its last run told. */
  dependsOn(file: vscode.Uri, other: vscode.Uri): boolean {
    const known = this.dependencies.get(file.toString());
    return file.toString() === other.toString() || known?.has(other.toString()) === true;
  }

  private async runOne(
    run: vscode.TestRun,
    { item, uri, scenarios, isWhole }: ChosenFile,
    token: vscode.CancellationToken,
    coverage: boolean,
  ): Promise<RunFileResult | undefined> {
    const titles = scenarios.flatMap((scenario) => this.scenarios.nameOf(scenario)?.title ?? []);
    const left = new Set(scenarios);
    for (const scenario of scenarios) run.started(scenario);
    const told: ScenarioOutcome[] = [];
    const finish = (ended: readonly ScenarioOutcome[]): void => {
      told.push(...ended);
      for (const outcome of named(told).slice(told.length - ended.length)) {
        const scenario = scenarios.find(({ id }) => id === idOf(outcome));
        if (!scenario || !left.delete(scenario)) continue;
        if (outcome.passed) run.passed(scenario);
        else run.failed(scenario, outcome.failures.map(failureMessage));
      }
    };
    try {
      const params = { uri: uri.toString(), coverage, ...(isWhole ? {} : { scenarios: titles }) };
      const result = await runFile(this.server, params, token, ({ ended }) => finish(ended));
      finish(result.scenarios.slice(told.length));
      this.dependencies.set(
        uri.toString(),
        new Set(result.files.map((file) => vscode.Uri.parse(file).toString())),
      );
      if (result.start.length > 0) run.errored(item, result.start.map(failureMessage));
      run.appendOutput(`${result.text}\n`.replaceAll("\n", "\r\n"));
      for (const scenario of left) run.skipped(scenario);
      return result;
    } catch (error) {
      const reason = reasonOf(error);
      for (const scenario of left) {
        if (token.isCancellationRequested) run.skipped(scenario);
        else run.errored(scenario, new vscode.TestMessage(reason));
      }
      return undefined;
    }
  }
}

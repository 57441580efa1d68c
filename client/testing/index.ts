import * as vscode from "vscode";
import type { Extension } from "../extension.js";
import { ContinuousRuns } from "./continuous.js";
import { CoverageDetails } from "./coverage.js";
import { debugScenarios } from "./debug.js";
import { Runner } from "./runner.js";
import { Scenarios } from "./scenarios.js";

/** The test explorer: every scenario is a test. */
export function registerTests({ server }: Extension): vscode.Disposable {
  const controller = vscode.tests.createTestController("ioasid", "IOASID");
  const scenarios = new Scenarios(controller, server);
  const coverage = new CoverageDetails();
  const runner = new Runner(controller, server, scenarios, coverage);
  const continuous = new ContinuousRuns(runner, scenarios);
  const handler =
    (withCoverage: boolean): vscode.TestRunProfile["runHandler"] =>
    (request, token) =>
      request.continuous
        ? continuous.begin(request, token, withCoverage)
        : runner.run(request, token, withCoverage);
  const { Run, Debug, Coverage } = vscode.TestRunProfileKind;
  controller.createRunProfile("Run", Run, handler(false), true, undefined, true);
  controller.createRunProfile("Debug", Debug, (request) => debugScenarios(request, scenarios), true);
  const covering = controller.createRunProfile(
    "Run with Coverage",
    Coverage,
    handler(true),
    true,
    undefined,
    true,
  );
  covering.loadDetailedCoverage = async (_run, file) => coverage.get(file);
  return vscode.Disposable.from(continuous, scenarios, controller);
}

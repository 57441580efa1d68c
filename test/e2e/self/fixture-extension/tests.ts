import * as vscode from "vscode";

/** Two tests, of which one fails. */
export function createTests(): vscode.TestController {
  const controller = vscode.tests.createTestController("fixture", "Fixture");
  const passing = controller.createTestItem("passing", "a test that passes");
  const failing = controller.createTestItem("failing", "a test that fails");
  controller.items.replace([passing, failing]);
  controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, (request) => {
    const run = controller.createTestRun(request);
    for (const test of request.include ?? [passing, failing]) {
      if (test.id === "passing") run.passed(test);
      else run.failed(test, vscode.TestMessage.diff("Not the same.", "expected", "actual"));
    }
    run.end();
  });
  return controller;
}

import * as vscode from "vscode";
import { LANGUAGE } from "../language-server.js";
import { chosenFiles } from "./chosen.js";
import type { Runner } from "./runner.js";
import type { Scenarios } from "./scenarios.js";

/** Milliseconds of quiet after a change before the scenarios run again. */
const QUIET_MILLISECONDS = 300;

/** Runs scenarios again whenever a file that they depend on changes, until the editor says to stop. */
export class ContinuousRuns implements vscode.Disposable {
  private readonly going = new Map<
    vscode.TestRunRequest,
    { readonly token: vscode.CancellationToken; readonly withCoverage: boolean }
  >();
  private readonly changed = new Map<string, vscode.Uri>();
  private readonly listening: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly runner: Runner,
    private readonly scenarios: Scenarios,
  ) {
    this.listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId !== LANGUAGE || contentChanges.length === 0 || this.going.size === 0) return;
      this.changed.set(document.uri.toString(), document.uri);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.runChanged(), QUIET_MILLISECONDS);
    });
  }

  /** Runs once now, so that it is known what the scenarios depend on, and from now on after changes. */
  async begin(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    withCoverage: boolean,
  ): Promise<void> {
    this.going.set(request, { token, withCoverage });
    token.onCancellationRequested(() => this.going.delete(request));
    await this.runner.run(request, token, withCoverage);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listening.dispose();
  }

  private async runChanged(): Promise<void> {
    const changed = [...this.changed.values()];
    this.changed.clear();
    for (const [request, { token, withCoverage }] of this.going) {
      const files = chosenFiles(request, request.include ? [] : await this.scenarios.all());
      const include = files
        .filter(({ uri }) => changed.some((other) => this.runner.dependsOn(uri, other)))
        .flatMap(({ scenarios }) => scenarios);
      if (include.length === 0) continue;
      const { exclude, profile } = request;
      const again = new vscode.TestRunRequest(include, exclude, profile, true, true);
      await this.runner.run(again, token, withCoverage);
    }
  }
}

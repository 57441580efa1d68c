import * as vscode from "vscode";
import type { FileCoverage } from "../../server/protocol/index.js";
import { rangeOf } from "./messages.js";

/** What the editor is told of a file's coverage at once, and the details that it asks for when the file is shown. */
export class CoverageDetails {
  private readonly details = new WeakMap<vscode.FileCoverage, vscode.FileCoverageDetail[]>();

  keep({ uri, statements, declarations }: FileCoverage): vscode.FileCoverage {
    const details = [
      ...statements.map(({ range, count }) => new vscode.StatementCoverage(count, rangeOf(range))),
      ...declarations.map(
        ({ name, range, count }) => new vscode.DeclarationCoverage(name, count, rangeOf(range)),
      ),
    ];
    const coverage = vscode.FileCoverage.fromDetails(vscode.Uri.parse(uri), details);
    this.details.set(coverage, details);
    return coverage;
  }

  get(coverage: vscode.FileCoverage): vscode.FileCoverageDetail[] {
    return this.details.get(coverage) ?? [];
  }
}

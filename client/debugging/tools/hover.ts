import * as vscode from "vscode";
import { LANGUAGE } from "../../language-server.js";
import { hoveredAt } from "./hovered.js";

/** Tells the editor what to ask the debugger where the mouse stands still: names have `-` and `.` in them. */
export function registerHovers(): vscode.Disposable {
  return vscode.languages.registerEvaluatableExpressionProvider(LANGUAGE, {
    provideEvaluatableExpression(document, { line, character }) {
      const found = hoveredAt(document.lineAt(line).text, character);
      if (!found) return undefined;
      const range = new vscode.Range(line, found.start, line, found.end);
      return new vscode.EvaluatableExpression(range, found.query);
    },
  });
}

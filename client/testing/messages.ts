import * as vscode from "vscode";
import type { StepFailure } from "../../server/protocol/index.js";

/** What the test explorer shows of a step that failed: the two outcomes side by side, at the step. */
export function failureMessage({
  uri,
  range,
  statement,
  expected,
  actual,
  reasons,
}: StepFailure): vscode.TestMessage {
  const text = [`${statement}: expected ${expected}, and it came to ${actual}.`, ...reasons].join("\n\n");
  const message = vscode.TestMessage.diff(text, expected, actual);
  message.location = new vscode.Location(vscode.Uri.parse(uri), rangeOf(range));
  return message;
}

/** A range as the protocol counts it. */
export function rangeOf({ start, end }: StepFailure["range"]): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

import type { FileScenarios } from "../server/protocol/index.js";

/** The scenario that a line of a file lies in; between two it is none. @param line counted from 0 */
export function scenarioAt(
  scenarios: FileScenarios["scenarios"],
  line: number,
): FileScenarios["scenarios"][number] | undefined {
  return scenarios.find(({ range }) => range.start.line <= line && line <= range.end.line);
}

import type * as vscode from "vscode";
import { registerCommands } from "./commands/index.js";
import { registerDebugging } from "./debugging/index.js";
import type { Extension } from "./extension.js";
import { answerFiles } from "./file-requests.js";
import { registerPages } from "./pages.js";
import { registerReport } from "./report/index.js";
import { registerStatus } from "./status.js";
import { registerTests } from "./testing/index.js";
import { registerTopology } from "./topology/index.js";
import { registerViews } from "./views/index.js";

/** Registers one part of the extension; what it returns ends it. */
type Part = (extension: Extension) => vscode.Disposable;

/** Every part of the extension. They know what `Extension` offers, and nothing of one another. */
export const PARTS: readonly Part[] = [
  answerFiles,
  registerStatus,
  registerPages,
  registerTests,
  registerReport,
  registerViews,
  registerTopology,
  registerCommands,
  registerDebugging,
];

import * as vscode from "vscode";
import { COMMANDS } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { registerCommand } from "../register-command.js";
import { showCapabilities } from "./capabilities.js";
import { explainRule } from "./explain-rule.js";
import { fixAll } from "./fix-all.js";
import { newFromSample } from "./new-from-sample.js";
import { restartServer, showOutput } from "./output.js";
import { portFile } from "./port.js";
import { runAll, runFile, runScenario } from "./run.js";
import { showPlaces } from "./show-places.js";

/** What a command does; its arguments come from whoever gives it, so they can be anything. */
type Command = (extension: Extension, ...given: readonly unknown[]) => Promise<void>;

const HANDLERS: Readonly<Record<string, Command>> = {
  [COMMANDS.run]: runFile,
  [COMMANDS.runScenario]: runScenario,
  [COMMANDS.runAll]: runAll,
  [COMMANDS.showCapabilities]: showCapabilities,
  [COMMANDS.port]: portFile,
  [COMMANDS.explainRule]: explainRule,
  [COMMANDS.newFromSample]: newFromSample,
  [COMMANDS.fixAll]: fixAll,
  [COMMANDS.restartServer]: restartServer,
  [COMMANDS.showOutput]: showOutput,
  [COMMANDS.showPlaces]: showPlaces,
};

/** Registers the commands. */
export function registerCommands(extension: Extension): vscode.Disposable {
  const registered = Object.entries(HANDLERS).map(([id, handler]) =>
    registerCommand(extension.log, id, (...given: unknown[]) => handler(extension, ...given)),
  );
  return vscode.Disposable.from(...registered);
}

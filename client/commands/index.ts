import * as vscode from "vscode";
import { COMMANDS } from "../../server/protocol/index.js";
import type { Extension } from "../extension.js";
import { showCapabilities } from "./capabilities.js";
import { explainRule } from "./explain-rule.js";
import { fixAll } from "./fix-all.js";
import { newFromSample } from "./new-from-sample.js";
import { restartServer, showOutput } from "./output.js";
import { runAll, runFile, runScenario } from "./run.js";
import { showPlaces } from "./show-places.js";

/** What a command does; its arguments come from whoever gives it, so they can be anything. */
type Command = (extension: Extension, ...given: readonly unknown[]) => Promise<void>;

const HANDLERS: Readonly<Record<string, Command>> = {
  [COMMANDS.run]: runFile,
  [COMMANDS.runScenario]: runScenario,
  [COMMANDS.runAll]: runAll,
  [COMMANDS.showCapabilities]: showCapabilities,
  [COMMANDS.explainRule]: explainRule,
  [COMMANDS.newFromSample]: newFromSample,
  [COMMANDS.fixAll]: fixAll,
  [COMMANDS.restartServer]: restartServer,
  [COMMANDS.showOutput]: showOutput,
  [COMMANDS.showPlaces]: showPlaces,
};

/** Registers the commands; what goes wrong in one is told in a sentence. */
export function registerCommands(extension: Extension): vscode.Disposable {
  const registered = Object.entries(HANDLERS).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...given: unknown[]) => {
      try {
        await handler(extension, ...given);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        extension.log.error(`${id}: ${reason}`);
        void vscode.window.showErrorMessage(`IOASID: ${reason}`);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

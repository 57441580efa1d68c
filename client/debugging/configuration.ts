import * as vscode from "vscode";
import { LANGUAGE } from "../language-server.js";

/** Type of the debugger, as `package.json` contributes it. */
export const DEBUG_TYPE = "ioasid";

/** A configuration for one file, or for one scenario of it. */
export function debugConfiguration(program: vscode.Uri, scenario?: string): vscode.DebugConfiguration {
  const file = vscode.workspace.asRelativePath(program);
  return {
    type: DEBUG_TYPE,
    request: "launch",
    name: scenario === undefined ? file : `${scenario} (${file})`,
    program: program.scheme === "file" ? program.fsPath : program.toString(),
    stopOnEntry: true,
    ...(scenario !== undefined && { scenario }),
  };
}

/** Fills in what a launch leaves out: F5 without a launch.json debugs the file in the editor. */
export class Configurations implements vscode.DebugConfigurationProvider {
  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    const program = `\${file}`;
    return [{ type: DEBUG_TYPE, request: "launch", name: "Debug this file", program, stopOnEntry: true }];
  }

  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    if (configuration.type && configuration.program) return configuration;
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== LANGUAGE) {
      void vscode.window.showErrorMessage(
        "IOASID: Open the .ioasid file that is to be debugged, or name it as `program` in launch.json.",
      );
      return undefined;
    }
    return {
      ...debugConfiguration(document.uri),
      ...configuration,
      type: DEBUG_TYPE,
      program: document.uri.fsPath,
    };
  }
}

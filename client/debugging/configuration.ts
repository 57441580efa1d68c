import * as vscode from "vscode";
import { LANGUAGE } from "../language-server.js";
import { askAboutErrors } from "./errors.js";

/** Type of the debugger, as `package.json` contributes it. */
export const DEBUG_TYPE = "ioasid";

/** A configuration for one file, or for one scenario of it. */
export function debugConfiguration(program: vscode.Uri, scenario?: string): vscode.DebugConfiguration {
  const file = vscode.workspace.asRelativePath(program);
  return {
    type: DEBUG_TYPE,
    request: "launch",
    name: scenario === undefined ? file : `${scenario} (${file})`,
    program: pathOf(program),
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
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    if (configuration.type && configuration.program) return withRoot(folder, configuration);
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== LANGUAGE) {
      void vscode.window.showErrorMessage(
        "IOASID: Open the .ioasid file that is to be debugged, or name it as `program` in launch.json.",
      );
      return undefined;
    }
    const place = folder ?? vscode.workspace.getWorkspaceFolder(document.uri);
    return withRoot(place, {
      ...debugConfiguration(document.uri),
      ...configuration,
      type: DEBUG_TYPE,
      program: pathOf(document.uri),
    });
  }

  /** A file with errors is debugged only where somebody wants that. */
  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const { program, ignoreErrors } = configuration;
    if (ignoreErrors || typeof program !== "string") return configuration;
    const answer = await askAboutErrors(uriOf(program));
    if (answer === "no") return undefined;
    return answer === "anyway" ? { ...configuration, ignoreErrors: true } : configuration;
  }
}

/** A path where the file lies on the disk, else its address. */
function pathOf(uri: vscode.Uri): string {
  return uri.scheme === "file" ? uri.fsPath : uri.toString();
}

function uriOf(program: string): vscode.Uri {
  return /^[a-z][a-z\d+.-]+:/i.test(program) ? vscode.Uri.parse(program) : vscode.Uri.file(program);
}

function withRoot(
  folder: vscode.WorkspaceFolder | undefined,
  configuration: vscode.DebugConfiguration,
): vscode.DebugConfiguration {
  return folder ? { root: pathOf(folder.uri), ...configuration } : configuration;
}

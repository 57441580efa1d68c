import * as vscode from "vscode";
import { LANGUAGE } from "../../language-server.js";
import { DEBUG_TYPE, debugConfiguration, pathOf } from "../configuration.js";
import { askAboutErrors } from "./errors.js";

/** A launch with what it leaves out: the file in the editor, and the folder of its workspace. */
export function completed(
  folder: vscode.WorkspaceFolder | undefined,
  configuration: vscode.DebugConfiguration,
): vscode.DebugConfiguration | undefined {
  if (configuration.type && configuration.program) return withRoot(folder, configuration);
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== LANGUAGE) {
    void vscode.window.showErrorMessage(
      "IOASID: Open the .ioasid file to debug, or name it as `program` in launch.json.",
    );
    return undefined;
  }
  const place = folder ?? vscode.workspace.getWorkspaceFolder(document.uri);
  const program = pathOf(document.uri);
  return withRoot(place, {
    ...debugConfiguration(document.uri),
    ...configuration,
    type: DEBUG_TYPE,
    program,
  });
}

/** A file with errors is debugged only where somebody wants that. */
export async function confirmed(
  configuration: vscode.DebugConfiguration,
): Promise<vscode.DebugConfiguration | undefined> {
  const { program, ignoreErrors } = configuration;
  if (ignoreErrors || typeof program !== "string") return configuration;
  const answer = await askAboutErrors(uriOf(program));
  if (answer === "no") return undefined;
  return answer === "anyway" ? { ...configuration, ignoreErrors: true } : configuration;
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

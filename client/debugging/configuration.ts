import * as vscode from "vscode";

/** Type of the debugger, as `package.json` contributes it. */
export const DEBUG_TYPE = "ioasid";

/** What is needed now and then only. */
export const tools = (): Promise<typeof import("./tools/index.js")> => import("./tools/index.js");

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

  async resolveDebugConfiguration(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    return (await tools()).completed(folder, configuration);
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    return (await tools()).confirmed(configuration);
  }
}

/** A path where the file lies on the disk, else its address. */
export function pathOf(uri: vscode.Uri): string {
  return uri.scheme === "file" ? uri.fsPath : uri.toString();
}

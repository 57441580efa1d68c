import * as vscode from "vscode";

/** An example that a new file can begin with. */
export interface Sample {
  readonly name: string;
  /** What its first comment says, on one line. */
  readonly about: string;
  readonly text: string;
}

/** The examples, as the build has put them together. */
export async function readSamples(extension: vscode.Uri): Promise<readonly Sample[]> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist/samples.json"));
  return JSON.parse(new TextDecoder().decode(bytes)) as Sample[];
}

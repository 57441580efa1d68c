import * as vscode from "vscode";

/** A place as a row of the report has it: the name of a file, and `line:character` from 0. */
export interface RowPlace {
  readonly file: string;
  readonly start: string;
  readonly end: string;
}

/**
 * Where a row comes from. The page is not believed: only files of the report are places.
 * @param files addresses of the report's files by their names
 */
export function placeOf(
  files: Readonly<Record<string, string>>,
  { file, start, end }: RowPlace,
): vscode.Location | undefined {
  const address = Object.hasOwn(files, file) ? files[file] : undefined;
  const [first, last] = [positionOf(start), positionOf(end)];
  if (address === undefined || !first || !last) return undefined;
  return new vscode.Location(vscode.Uri.parse(address), new vscode.Range(first, last));
}

function positionOf(text: string): vscode.Position | undefined {
  const [, line, character] = /^(\d{1,9}):(\d{1,9})$/.exec(text) ?? [];
  return line === undefined ? undefined : new vscode.Position(Number(line), Number(character));
}

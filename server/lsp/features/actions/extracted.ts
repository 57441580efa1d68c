import { CodeActionKind, LSPErrorCodes, ResponseError, type WorkspaceEdit } from "vscode-languageserver";
import { URI, Utils } from "vscode-uri";
import { extractPlatform, obstacleToExtract, standsInHardware } from "../../../../engine/services/index.js";
import type { Compiled } from "../../compile.js";
import type { Context } from "../../context.js";
import { EXTENSION } from "../../files.js";
import { hasNeighbours } from "../../names.js";
import { createsFiles, workspaceEdit } from "../../workspace-edits.js";
import { type Deferred, deferred } from "./deferred.js";

/** Folder of the files that hold hardware, beside the file that imports them. */
const FOLDER = "platforms";

/** Nobody has as many files of one name; more mean that none of them can be read. */
const MOST_NUMBERS = 100;

/** The move of a file's hardware into a file of its own, offered at the hardware; with a reason where it cannot move. */
export function extracting({ client }: Context, compiled: Compiled, offset: number): Deferred[] {
  const { analysis, file, uri } = compiled;
  if (!createsFiles(client.capabilities) || !hasNeighbours(uri)) return [];
  if (!standsInHardware(analysis, file, offset)) return [];
  const reason = obstacleToExtract(analysis);
  const showsReasons = client.capabilities.textDocument?.codeAction?.disabledSupport === true;
  if (reason !== undefined && !showsReasons) return [];
  const title = `Move the hardware into a file in "${FOLDER}"`;
  const action = deferred(compiled, title, CodeActionKind.RefactorExtract, { work: "extract" });
  return [reason === undefined ? action : { ...action, disabled: { reason } }];
}

/** The edit of the move, into a file that there is none of yet. */
export async function extracted(context: Context, compiled: Compiled): Promise<WorkspaceEdit> {
  const { client, names } = context;
  const { path, uri } = await freeFile(context, compiled.uri);
  const file = names.nameOf(uri);
  const action = extractPlatform(compiled.analysis, { file, path });
  const creates = new Map([[file, uri]]);
  return workspaceEdit(
    client.capabilities,
    compiled,
    action ? { edits: action.edits, creates } : { edits: [] },
  );
}

/** `platforms/NAME.ioasid` by the name of the root file, with a number behind it where there is such a file. */
async function freeFile(
  { store, names }: Context,
  root: string,
): Promise<{ readonly path: string; readonly uri: string }> {
  const folder = Utils.dirname(URI.parse(root));
  const name = Utils.basename(URI.parse(root)).replace(/\.[^.]*$/, "");
  for (let number = 1; number < MOST_NUMBERS; number++) {
    const path = `${FOLDER}/${name}${number === 1 ? "" : `-${number}`}${EXTENSION}`;
    const uri = Utils.joinPath(folder, path).toString();
    if (store.get(uri) === undefined) await store.load(uri, names.folderOf(root));
    const found = store.get(uri);
    if (found && "error" in found && found.missing) return { path, uri };
  }
  const reason = `There is no free name for a new file in "${FOLDER}", or the folder cannot be read.`;
  throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
}

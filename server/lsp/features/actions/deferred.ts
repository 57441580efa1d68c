import {
  type CancellationToken,
  type CodeAction,
  type CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { repairSteps } from "../../../../engine/language/index.js";
import { stateOutcomes } from "../../../../engine/services/index.js";
import type { Compiled } from "../../compile.js";
import type { Context } from "../../context.js";
import { workspaceEdit } from "../../workspace-edits.js";
import { extracted } from "./extracted.js";

/** Work whose edits are found when the action is chosen, since a whole run or more goes into them. */
type Work =
  /** The safe fixes of one rule, or of all rules. */
  | { readonly work: "repair"; readonly only?: string }
  /** The outcomes of the scenario at an offset. */
  | { readonly work: "outcomes"; readonly offset: number }
  /** The hardware of the file moved into a new one. */
  | { readonly work: "extract" };

interface Data {
  readonly uri: string;
  readonly version: number | null;
  readonly work: Work;
}

/** An action without its edit. */
export type Deferred = CodeAction & { readonly data: Data };

export function isDeferred(action: CodeAction): action is Deferred {
  return action.data !== undefined;
}

export function deferred(compiled: Compiled, title: string, kind: CodeActionKind, work: Work): Deferred {
  return { title, kind, data: { uri: compiled.uri, version: compiled.version ?? null, work } };
}

/**
 * The action with its edit.
 * @throws ResponseError when the text is another one than when the action was offered
 */
export async function completed(
  context: Context,
  action: Deferred,
  token: CancellationToken,
): Promise<CodeAction> {
  const { uri, version, work }: Data = action.data;
  const compiled = await context.programs.compiled(uri, token);
  if ((compiled.version ?? null) !== version) {
    throw new ResponseError(LSPErrorCodes.ContentModified, "The text has changed since this was offered.");
  }
  switch (work.work) {
    case "repair":
      return { ...action, edit: await repaired(context, compiled, work.only, token) };
    case "outcomes":
      return { ...action, edit: await outcomes(context, compiled, work.offset, token) };
    case "extract":
      return { ...action, edit: await extracted(context, compiled) };
  }
}

async function outcomes(
  { client, programs }: Context,
  { uri }: Compiled,
  offset: number,
  token: CancellationToken,
): Promise<WorkspaceEdit> {
  const ran = await programs.simulated(uri, token);
  const edits = stateOutcomes(ran, ran.compiled.file, offset).flatMap((action) => action.edits);
  return workspaceEdit(client.capabilities, ran.compiled, { edits });
}

/** The safe fixes that make the file better, as `ioasid check --fix` finds them; no edits when there are none. */
async function repaired(
  { client, programs }: Context,
  compiled: Compiled,
  only: string | undefined,
  token: CancellationToken,
): Promise<WorkspaceEdit> {
  const { file, uri } = compiled;
  const { text } = compiled.places(file);
  const steps = repairSteps(file, text, only === undefined ? {} : { only });
  let next = steps.next();
  while (!next.done) next = steps.next(await programs.tried(uri, next.value, token));
  const edits = next.value.text === text ? [] : [{ file, ...difference(text, next.value.text) }];
  return workspaceEdit(client.capabilities, compiled, { edits });
}

/** The one piece of a text that makes it another, as short as it can be. */
function difference(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { start, end: before.length - end, text: after.slice(start, after.length - end) };
}

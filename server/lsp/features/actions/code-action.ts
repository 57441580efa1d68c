import type { CodeAction } from "vscode-languageserver";
import type { Action } from "../../../../engine/services/index.js";
import type { Compiled } from "../../compile.js";
import type { Context } from "../../context.js";
import { workspaceEdit } from "../../workspace-edits.js";
import type { AskedFindings } from "./findings.js";

/**
 * An action of the engine in the form of the protocol.
 * @param asked what the client called the findings that the action may answer
 */
export function codeAction(
  { client, names }: Context,
  compiled: Compiled,
  action: Action,
  asked: readonly AskedFindings[],
): CodeAction {
  const { title, kind, preferred, resolves, edits, creates = [] } = action;
  const addresses = new Map(creates.map((name) => [name, names.spelled(names.uriOf(name))]));
  const diagnostics = resolves.flatMap((finding) => asked.flatMap(({ pairs }) => pairs.get(finding) ?? []));
  return {
    title,
    kind,
    ...(preferred && { isPreferred: true }),
    ...(diagnostics.length > 0 && { diagnostics }),
    edit: workspaceEdit(client.capabilities, compiled, { edits, creates: addresses }),
  };
}

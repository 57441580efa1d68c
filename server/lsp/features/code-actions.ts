import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
} from "vscode-languageserver";
import { canRepair } from "../../../engine/services/index.js";
import { answered } from "../at.js";
import type { Context, Feature } from "../context.js";
import { keyOf } from "../uris.js";
import { completed, type Deferred, deferred, isDeferred } from "./actions/deferred.js";
import { askedFindings } from "./actions/findings.js";
import { actionsForFindings } from "./actions/for-findings.js";
import { rewritesAt } from "./actions/rewrites.js";

/** All safe fixes of a file, which editors can apply when it is saved. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.ioasid`;

/** Kinds of what is found at a place in the text. */
const PLACE_KINDS = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorInline,
  CodeActionKind.RefactorRewrite,
];

/** What can be done at a place: fixes of its findings, other forms of what is written, and all safe fixes. */
export const codeActions: Feature = {
  capabilities: ({ capabilities }) =>
    understands(capabilities)
      ? {
          codeActionProvider: {
            codeActionKinds: [...PLACE_KINDS, FIX_ALL],
            resolveProvider: resolves(capabilities),
          },
        }
      : {},
  register(context) {
    const { connection, client } = context;
    if (!understands(client.capabilities)) return;
    connection.onCodeAction(
      answered([], async (params, token) => {
        const offered = await actionsAt(context, params, token);
        if (resolves(client.capabilities)) return offered;
        return Promise.all(
          offered.map((each) => (isDeferred(each) ? completed(context, each, token) : each)),
        );
      }),
    );
    connection.onCodeActionResolve(async (action, token) =>
      isDeferred(action) ? completed(context, action, token) : action,
    );
  },
};

/** An older client knows commands only, and what is offered here are edits. */
function understands({ textDocument }: ClientCapabilities): boolean {
  return textDocument?.codeAction?.codeActionLiteralSupport !== undefined;
}

/** Whether an action may be sent without its edit, which the client asks for when the action is chosen. */
function resolves({ textDocument }: ClientCapabilities): boolean {
  const { dataSupport, resolveSupport } = textDocument?.codeAction ?? {};
  return dataSupport === true && resolveSupport?.properties.includes("edit") === true;
}

async function actionsAt(
  context: Context,
  { textDocument, range, context: { diagnostics, only } }: CodeActionParams,
  token: CancellationToken,
): Promise<(CodeAction | Deferred)[]> {
  const uri = keyOf(textDocument.uri);
  const isWanted = (kind: string | undefined): boolean =>
    only === undefined || only.some((each) => each === "" || kind === each || kind?.startsWith(`${each}.`));
  const actions: (CodeAction | Deferred)[] = [];
  const asked = isWanted(CodeActionKind.QuickFix)
    ? await askedFindings(context, uri, diagnostics, token)
    : [];
  actions.push(...actionsForFindings(context, uri, asked));
  if (!context.programs.has(uri)) return actions;
  if (PLACE_KINDS.some(isWanted)) {
    const found = await rewritesAt(context, uri, range.start, asked, only !== undefined, token);
    actions.push(...found.filter(({ kind }) => isWanted(kind)));
  }
  // Nobody looks for it at a place in the text: it is for menus and for saving.
  if (only !== undefined && isWanted(FIX_ALL)) actions.push(...(await fixAll(context, uri, token)));
  return actions;
}

async function fixAll({ programs }: Context, uri: string, token: CancellationToken): Promise<Deferred[]> {
  const { compiled, analysis, result } = await programs.simulated(uri, token);
  if (!result || !canRepair(analysis, compiled.file, result.diagnostics)) return [];
  return [deferred(compiled, "Apply all safe fixes", FIX_ALL, { work: "repair" })];
}

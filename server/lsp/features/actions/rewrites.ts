import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type Position,
} from "vscode-languageserver";
import {
  hasOutcomesToState,
  inlineImport,
  qualifyName,
  rewriteNumber,
  rewriteRange,
  STATE_ALL,
  stateOutcome,
  type View,
} from "../../../../engine/services/index.js";
import type { Context } from "../../context.js";
import { codeAction } from "./code-action.js";
import { type Deferred, deferred } from "./deferred.js";
import { extracting } from "./extracted.js";
import type { AskedFindings } from "./findings.js";

/**
 * Other forms of what stands at a position, and the outcome that the engine found there.
 * @param asked findings that the client speaks of: an outcome may answer one of them
 * @param waits for the run, where it goes on; otherwise outcomes are offered when it has ended
 */
export async function rewritesAt(
  context: Context,
  uri: string,
  position: Position,
  asked: readonly AskedFindings[],
  waits: boolean,
  token: CancellationToken,
): Promise<(CodeAction | Deferred)[]> {
  const { programs } = context;
  if (waits) await programs.simulated(uri, token);
  const compiled = await programs.compiled(uri, token);
  const { file, analysis } = compiled;
  const view: View = { analysis, result: programs.finished(compiled) };
  const offset = compiled.places(file).offset(position);
  const forms = [rewriteNumber, rewriteRange, qualifyName].flatMap((form) => form(analysis, file, offset));
  const inlined = inlineImport(analysis, offset, (path) => compiled.imported(path));
  const offered = [...stateOutcome(view, file, offset), ...forms, ...inlined];
  const all = hasOutcomesToState(view, file, offset)
    ? [deferred(compiled, STATE_ALL, CodeActionKind.RefactorRewrite, { work: "outcomes", offset })]
    : [];
  return [
    ...offered.map((each) => codeAction(context, compiled, each, asked)),
    ...all,
    ...extracting(context, compiled, offset),
  ];
}

import type { DebugProtocol } from "@vscode/debugprotocol";
import { framesOf, scopesOf } from "../../../engine/debugger/index.js";
import type { Handler } from "./handler.js";

export const threads: Handler = (debuggee) => ({
  body: { threads: debuggee.threads.map(({ id, timeline }) => ({ id, name: timeline.scenario.title })) },
});

export const stackTrace: Handler<DebugProtocol.StackTraceArguments> = (
  debuggee,
  { threadId, startFrame, levels },
) => {
  const thread = debuggee.thread(threadId);
  const { placing } = debuggee;
  if (!thread || !placing) return { body: { stackFrames: [], totalFrames: 0 } };
  const all = framesOf(thread).map((frame, level): DebugProtocol.StackFrame => {
    const { name, kind } = frame;
    const place =
      frame.kind === "stage" && !frame.span
        ? debuggee.documents.placeOf(thread, frame.stage.kind, debuggee.counting.line)
        : placing.range(frame.span!);
    return { id: debuggee.frameId(thread, level), name, canRestart: kind !== "stage", ...place };
  });
  const from = startFrame ?? 0;
  const shown = all.slice(from, levels ? from + levels : undefined);
  return { body: { stackFrames: shown, totalFrames: all.length } };
};

/** The text of a document that is in no file. */
export const source: Handler<DebugProtocol.SourceArguments> = (debuggee, { sourceReference }) => {
  const content = debuggee.documents.text(sourceReference);
  if (content === undefined) return { body: { refused: "This document belongs to another session." } };
  return { body: { content, mimeType: "text/plain" } };
};

export const scopes: Handler<DebugProtocol.ScopesArguments> = (debuggee, { frameId }) => {
  const thread = debuggee.frame(frameId)?.thread;
  if (!thread) return { body: { scopes: [] } };
  const last = debuggee.lastState(thread);
  const before = last ? scopesOf(thread, last.machine) : undefined;
  const shown = scopesOf(thread).map(({ name, expensive, children }, index) => ({
    name,
    expensive,
    // A step is another one at each stop; that it is different says nothing.
    variablesReference: debuggee.values.open(thread, children, () =>
      name === "Step" ? undefined : before?.[index]?.children(),
    ),
  }));
  return { body: { scopes: shown } };
};

export const variables: Handler<DebugProtocol.VariablesArguments> = (
  { values },
  { variablesReference, start, count },
) => ({ body: { variables: values.page(variablesReference, start ?? 0, count ?? 0) } });

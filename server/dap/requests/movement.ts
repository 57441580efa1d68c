import { TerminatedEvent } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { framesOf, type Thread } from "../../../engine/debugger/index.js";
import { statementText } from "../../../engine/report/index.js";
import type { Debuggee } from "../debuggee.js";
import type { Answered, Handler } from "./handler.js";

/** Goto targets of a thread lie between two multiples of this. */
const GOTO_STRIDE = 2 ** 24;

interface OfThread {
  readonly threadId: number;
}

function moving(debuggee: Debuggee, thread: Thread | undefined, how: (thread: Thread) => unknown): Answered {
  if (thread && debuggee.running.has(thread)) return { body: RUNNING };
  return { after: () => debuggee.move(thread, how) };
}

const RUNNING = { refused: "The scenario is running; pause it first." };

export const proceed: Handler<OfThread> = (debuggee, { threadId }) => ({
  body: { allThreadsContinued: false },
  after: () => {
    const thread = debuggee.thread(threadId);
    if (!thread) return;
    if (thread.isAtEnd) debuggee.end(thread);
    else void debuggee.go(thread);
  },
});

/** Instructions of this machine are the stages of its walks. */
export const next: Handler<DebugProtocol.NextArguments> = (debuggee, { threadId, granularity }) =>
  moving(debuggee, debuggee.thread(threadId), (thread) =>
    granularity === "instruction" ? thread.stepIn() : thread.next(),
  );

export const stepIn: Handler<DebugProtocol.StepInArguments> = (debuggee, { threadId, targetId }) =>
  moving(debuggee, debuggee.thread(threadId), (thread) => thread.stepIn(targetId));

export const stepInTargets: Handler<DebugProtocol.StepInTargetsArguments> = (debuggee, { frameId }) => {
  const stages = debuggee.frame(frameId)?.thread.stages ?? [];
  return { body: { targets: stages.map(({ kind, text }, id) => ({ id, label: `${kind}: ${text}` })) } };
};

export const stepOut: Handler<OfThread> = (debuggee, { threadId }) => {
  const thread = debuggee.thread(threadId);
  const isInside = typeof thread?.position.at === "number";
  if (isInside) return moving(debuggee, thread, () => thread.stepOut());
  return { after: () => void debuggee.go(thread) };
};

export const stepBack: Handler<DebugProtocol.StepBackArguments> = (debuggee, { threadId, granularity }) =>
  moving(debuggee, debuggee.thread(threadId), (thread) =>
    granularity === "instruction" ? thread.stepBackIn() : thread.stepBack(),
  );

export const reverseContinue: Handler<OfThread> = (debuggee, { threadId }) => ({
  after: () => void debuggee.go(debuggee.thread(threadId), "back"),
});

/** A statement begins anew, and so does a scenario. */
export const restartFrame: Handler<DebugProtocol.RestartFrameArguments> = (debuggee, { frameId }) => {
  const frame = debuggee.frame(frameId);
  return moving(debuggee, frame?.thread, (thread) => {
    const isScenario = framesOf(thread)[frame?.level ?? 0]?.kind === "scenario";
    return thread.travel(isScenario ? thread.timeline.first : thread.position.step);
  });
};

export const gotoTargets: Handler<DebugProtocol.GotoTargetsArguments> = (debuggee, { source, line }) => {
  const file = debuggee.fileOf(source);
  const { placing } = debuggee;
  const targets = debuggee.threads.flatMap(({ id, timeline }) =>
    timeline.steps.flatMap((step, index) =>
      placing && file !== undefined && placing.isAt(step, file, line)
        ? [{ id: id * GOTO_STRIDE + index, label: statementText(timeline.program, step), line }]
        : [],
    ),
  );
  return { body: { targets } };
};

export const goTo: Handler<DebugProtocol.GotoArguments> = (debuggee, { targetId }) =>
  moving(debuggee, debuggee.thread(Math.floor(targetId / GOTO_STRIDE)), (thread) =>
    thread.travel(targetId % GOTO_STRIDE),
  );

export const pause: Handler<OfThread> = (debuggee, { threadId }) => {
  debuggee.running.pause((each) => each.threadId === threadId);
  return {};
};

/** Ends what takes long: a run, by its progress. */
export const cancel: Handler<DebugProtocol.CancelArguments> = (debuggee, { progressId }) => {
  debuggee.running.pause((each) => each.progressId === progressId);
  return {};
};

export const terminate: Handler = (debuggee) => {
  debuggee.running.abandon();
  return { after: () => debuggee.send(new TerminatedEvent()) };
};

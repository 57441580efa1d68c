import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  assignment,
  type HandMade,
  type Problem,
  stepsRun,
  type Thread,
} from "../../../engine/debugger/index.js";
import type { Debuggee } from "../debuggee.js";
import type { Answered, Handler } from "./handler.js";

/** Another value by the honest operation that gives it; it happens before the statement at the position. */
export const setVariable: Handler<DebugProtocol.SetVariableArguments> = (
  debuggee,
  { variablesReference, name, value },
) => {
  const opened = debuggee.values.find(variablesReference, name);
  const made = opened?.variable.set?.(value);
  if (!made || !opened) return { body: { refused: `${name} is nothing that a guest or the host can set.` } };
  return carriedOut(debuggee, opened.thread, made, value);
};

/** The same, where an expression of a watch says what is meant. */
export const setExpression: Handler<DebugProtocol.SetExpressionArguments> = (
  debuggee,
  { expression, value, frameId },
) => {
  const thread = debuggee.asked(frameId);
  if (!thread) return { body: { refused: "No scenario stands still, so nothing can be set." } };
  return carriedOut(debuggee, thread, assignment(expression, value, thread.machine), value);
};

function carriedOut(debuggee: Debuggee, thread: Thread, made: HandMade | Problem, value: string): Answered {
  if ("problem" in made) return { body: { refused: made.problem } };
  const index = stepsRun(thread.position);
  const [why] = thread.timeline.attempt(index, made).diagnostics;
  if (why) return { body: { refused: why.message } };
  return {
    body: { value },
    after: () =>
      debuggee.move(thread, ({ timeline }) => {
        timeline.insert(index, made);
        thread.travel(index + 1, "step");
      }),
  };
}

import type { Thread } from "../../../engine/debugger/index.js";
import { statementText, stepOutcome, topologyOf } from "../../../engine/report/index.js";
import type { DebugTopologyParams, Topology, TopologyPath } from "../../protocol/index.js";
import type { Debuggee } from "../debuggee.js";
import type { Handler } from "./handler.js";

/** The picture of the machine where a scenario stands, with the way of its request as far as it has come. */
export const topology: Handler<DebugTopologyParams> = (debuggee, { threadId, frameId }) => {
  const thread = debuggee.thread(threadId);
  if (!thread)
    return { body: { refused: "The scenario has come to its end, so there is no state to show." } };
  const { timeline, machine, position, result } = thread;
  const { program, scenario } = timeline;
  const step = timeline.steps[position.step];
  const request =
    step?.kind === "operation" && result?.outcome
      ? { operation: step.operation, outcome: result.outcome }
      : undefined;
  const placeOf = (origin: number) => debuggee.placing!.rangeIn(program.origins[origin] ?? scenario.span);
  const { nodes, edges, path } = topologyOf(machine, placeOf, request);
  const statement = step && (timeline.handMade(step) ?? statementText(program, step));
  const shown: TopologyPath | undefined = path && {
    ...path,
    at: stagesDone(debuggee, thread, frameId),
    outcome: result ? stepOutcome(program.platform, result) : "",
  };
  const body: Topology = {
    title: statement === undefined ? `the end of "${scenario.title}"` : statement,
    nodes,
    edges,
    path: shown,
  };
  return { body };
};

/** How many stages a request has behind it: up to the frame that is looked at, which may be an earlier stage. */
function stagesDone(debuggee: Debuggee, thread: Thread, frameId: number | undefined): number {
  const { at } = thread.position;
  if (at === "before") return 0;
  if (at === "after") return thread.stages.length;
  const frame = debuggee.frame(frameId);
  const level = frame?.thread === thread ? Math.min(frame.level, at) : 0;
  return at + 1 - level;
}

import type { DebugProtocol } from "@vscode/debugprotocol";
import { watchProblem } from "../../../engine/debugger/index.js";
import type { Debuggee } from "../debuggee.js";
import type { Handler } from "./handler.js";

const NO_STATE = "No scenario stands still, so there is nothing to watch.";

/** Whether a value, an expression or some bytes can be watched; the id of what is watched is a query. */
export const dataBreakpointInfo: Handler<DebugProtocol.DataBreakpointInfoArguments> = (debuggee, asked) => {
  const query = queryOf(debuggee, asked);
  if (query === undefined) return { body: { dataId: null, description: `${asked.name} is never changed.` } };
  const problem = problemOf(debuggee, query, asked.frameId);
  if (problem !== undefined) return { body: { dataId: null, description: problem } };
  return { body: { dataId: query, description: query, accessTypes: ["write"], canPersist: true } };
};

/** The query behind a variable; an expression is one itself, and of an address it is asked who writes there. */
function queryOf(
  { values }: Debuggee,
  { variablesReference, name, asAddress, bytes }: DebugProtocol.DataBreakpointInfoArguments,
): string | undefined {
  if (variablesReference !== undefined && variablesReference !== 0) {
    const variable = values.find(variablesReference, name)?.variable;
    return variable?.watch ?? variable?.query;
  }
  return asAddress ? `who writes ${name} + ${bytes ?? 1}` : name;
}

export const setDataBreakpoints: Handler<DebugProtocol.SetDataBreakpointsArguments> = (
  debuggee,
  { breakpoints },
) => ({
  body: {
    breakpoints: debuggee.stops.setData(breakpoints, (query) => problemOf(debuggee, query, undefined)),
  },
});

function problemOf(debuggee: Debuggee, query: string, frameId: number | undefined): string | undefined {
  const thread = debuggee.asked(frameId);
  return thread ? watchProblem(query, thread) : NO_STATE;
}

import type { DebugProtocol } from "@vscode/debugprotocol";
import { statementText } from "../../../engine/report/index.js";
import type { Handler } from "./handler.js";

export const setBreakpoints: Handler<DebugProtocol.SetBreakpointsArguments> = (debuggee, asked) => {
  const wanted = asked.breakpoints ?? [];
  const file = debuggee.fileOf(asked.source);
  const { placing } = debuggee;
  if (file === undefined || !placing) {
    const message = "This file is no part of the program that is debugged.";
    return { body: { breakpoints: wanted.map(() => ({ verified: false, message })) } };
  }
  return { body: { breakpoints: debuggee.stops.setLines(file, wanted, placing) } };
};

export const breakpointLocations: Handler<DebugProtocol.BreakpointLocationsArguments> = (
  debuggee,
  { source, line, endLine },
) => {
  const file = debuggee.fileOf(source);
  const { placing } = debuggee;
  const lines = file === undefined || !placing ? [] : placing.linesWithin(file, line, endLine ?? line);
  return { body: { breakpoints: lines.map((each) => ({ line: each })) } };
};

export const setFunctionBreakpoints: Handler<DebugProtocol.SetFunctionBreakpointsArguments> = (
  debuggee,
  { breakpoints },
) => ({
  body: {
    // The program is another one after a restart.
    breakpoints: debuggee.stops.setFunctions(breakpoints, (step) => statementText(debuggee.program!, step)),
  },
});

export const setExceptionBreakpoints: Handler<DebugProtocol.SetExceptionBreakpointsArguments> = (
  { stops },
  { filters, filterOptions },
) => {
  stops.setExceptions([...filters.map((filterId) => ({ filterId })), ...(filterOptions ?? [])]);
  return {};
};

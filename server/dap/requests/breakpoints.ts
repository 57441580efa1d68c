import type { DebugProtocol } from "@vscode/debugprotocol";
import { statementText } from "../../../engine/report/index.js";
import type { Handler } from "./handler.js";

export const setBreakpoints: Handler<DebugProtocol.SetBreakpointsArguments> = (debuggee, asked) => {
  const wanted = asked.breakpoints ?? [];
  const file = debuggee.fileOf(asked.source);
  const { placing, program } = debuggee;
  if (file === undefined || !placing || !program) {
    const message = "This file is no part of the program that is debugged.";
    return { body: { breakpoints: wanted.map(() => ({ verified: false, message })) } };
  }
  const breakpoints = debuggee.stops.setLines(
    file,
    wanted,
    (line) => placing.nearestLine(file, line, program),
    (step, line) => placing.isAt(step, file, line),
  );
  return { body: { breakpoints } };
};

export const breakpointLocations: Handler<DebugProtocol.BreakpointLocationsArguments> = (
  debuggee,
  { source, line, endLine },
) => {
  const file = debuggee.fileOf(source);
  const { placing, program } = debuggee;
  const lines =
    file === undefined || !placing || !program
      ? []
      : placing.linesWithin(file, line, endLine ?? line, program);
  return { body: { breakpoints: lines.map((each) => ({ line: each })) } };
};

export const setFunctionBreakpoints: Handler<DebugProtocol.SetFunctionBreakpointsArguments> = (
  { stops, program },
  { breakpoints },
) => ({
  body: {
    breakpoints: stops.setFunctions(breakpoints, (step) => (program ? statementText(program, step) : "")),
  },
});

export const setExceptionBreakpoints: Handler<DebugProtocol.SetExceptionBreakpointsArguments> = (
  { stops },
  { filters, filterOptions },
) => {
  stops.setExceptions([...filters.map((filterId) => ({ filterId })), ...(filterOptions ?? [])]);
  return {};
};

import {
  DEBUG_RESPOND,
  DEBUG_SAVE_SCENARIO,
  DEBUG_STATE,
  DEBUG_STATE_PAGE,
  DEBUG_TOPOLOGY,
  DEBUG_TRACE,
  DEBUG_TRAVEL,
} from "../../protocol/index.js";
import * as breakpoints from "./breakpoints.js";
import * as console from "./console.js";
import * as data from "./data-breakpoints.js";
import { exceptionInfo } from "./exception-info.js";
import type { Handler } from "./handler.js";
import * as memory from "./memory.js";
import * as movement from "./movement.js";
import * as record from "./record.js";
import * as setting from "./setting.js";
import * as state from "./state.js";
import { topology } from "./topology.js";
import * as views from "./views.js";

export { type Handler, isRefusal } from "./handler.js";

/** The handler of each request beside those that begin and end a session, by its command. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ["setBreakpoints", breakpoints.setBreakpoints],
  ["breakpointLocations", breakpoints.breakpointLocations],
  ["setFunctionBreakpoints", breakpoints.setFunctionBreakpoints],
  ["dataBreakpointInfo", data.dataBreakpointInfo],
  ["setDataBreakpoints", data.setDataBreakpoints],
  ["setExceptionBreakpoints", breakpoints.setExceptionBreakpoints],
  ["continue", movement.proceed],
  ["next", movement.next],
  ["stepIn", movement.stepIn],
  ["stepInTargets", movement.stepInTargets],
  ["stepOut", movement.stepOut],
  ["stepBack", movement.stepBack],
  ["reverseContinue", movement.reverseContinue],
  ["restartFrame", movement.restartFrame],
  ["gotoTargets", movement.gotoTargets],
  ["goto", movement.goTo],
  ["pause", movement.pause],
  ["cancel", movement.cancel],
  ["terminate", movement.terminate],
  ["threads", state.threads],
  ["stackTrace", state.stackTrace],
  ["source", state.source],
  ["scopes", state.scopes],
  ["variables", state.variables],
  ["setVariable", setting.setVariable],
  ["setExpression", setting.setExpression],
  ["readMemory", memory.read],
  ["writeMemory", memory.write],
  ["exceptionInfo", exceptionInfo],
  ["evaluate", console.ask],
  ["completions", console.completions],
  [DEBUG_SAVE_SCENARIO, record.saveScenario],
  [DEBUG_TRACE, record.trace],
  [DEBUG_STATE, views.state],
  [DEBUG_STATE_PAGE, views.statePage],
  [DEBUG_TRAVEL, views.travel],
  [DEBUG_RESPOND, views.respond],
  [DEBUG_TOPOLOGY, topology],
] as [string, Handler][]);

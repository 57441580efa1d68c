import { toHex } from "../../../engine/address/index.js";
import {
  faultRows,
  type HistoryRow,
  historyRows,
  type LoggedStep,
  stepsRun,
  type Thread,
} from "../../../engine/debugger/index.js";
import { machineState, machineStatePage, type Standing } from "../../../engine/report/index.js";
import type {
  DebugRespondParams,
  DebugState,
  DebugStatePageParams,
  DebugTravelParams,
  FaultItem,
  HistoryItem,
  InThread,
  Page,
  RangeIn,
} from "../../protocol/index.js";
import type { Debuggee } from "../debuggee.js";
import type { Handler, Refused } from "./handler.js";

/** Items of the history and of the faults in an answer that nobody asked for by name. */
const LISTED = 100;

const NO_THREAD: Refused = { refused: "The scenario has come to its end, so there is no state to show." };

/** The machine where a scenario stands, for the views. */
export const state: Handler<InThread> = (debuggee, { threadId }) => {
  const thread = debuggee.thread(threadId);
  if (!thread) return { body: NO_THREAD };
  const body: DebugState = {
    ...machineState(standing(debuggee, thread)),
    faults: faultPage(debuggee, thread, 0, LISTED),
    history: historyPage(debuggee, thread, 0, LISTED),
  };
  return { body };
};

/** More of a list of that state. */
export const statePage: Handler<DebugStatePageParams> = (debuggee, { threadId, list, from, count }) => {
  const thread = debuggee.thread(threadId);
  if (!thread) return { body: NO_THREAD };
  if (list === "faults") return { body: faultPage(debuggee, thread, from, count) };
  if (list === "history") return { body: historyPage(debuggee, thread, from, count) };
  return { body: machineStatePage(standing(debuggee, thread), { list, from, count }) };
};

/** To before a step of the history. */
export const travel: Handler<DebugTravelParams> = (debuggee, { threadId, step }) => {
  const thread = debuggee.thread(threadId);
  if (!thread) return { body: NO_THREAD };
  return { after: () => debuggee.move(thread, () => thread.travel(step)) };
};

/** The guest's answer to a request that waits. It happens where the scenario stands. */
export const respond: Handler<DebugRespondParams> = (debuggee, { threadId, spaceNumber, index, success }) => {
  const thread = debuggee.thread(threadId);
  if (!thread) return { body: NO_THREAD };
  const { machine, timeline } = thread;
  const space = machine.spaces.get(spaceNumber);
  const request = space?.pending[index];
  if (!space || !request) return { body: { refused: "That request waits no more." } };
  const { owners, devices } = machine.platform;
  const { device, pasid, fault } = request;
  const address = toHex(fault.address);
  const by = `${devices[device]!.name}${pasid === undefined ? "" : ` pasid ${pasid}`}`;
  const made = {
    operation: {
      kind: "respond",
      origin: -1,
      owner: space.owner,
      space: spaceNumber,
      address: fault.address,
      success,
      device,
      ...(pasid !== undefined && { pasid }),
    },
    text: `respond ${owners[space.owner]!.name}.${space.name} ${address} ${success ? "success" : "invalid"} for ${by}`,
  } as const;
  return {
    after: () =>
      debuggee.move(thread, ({ position }) => {
        const at = stepsRun(position);
        timeline.insert(at, made);
        thread.travel(at + 1, "step");
      }),
  };
};

function standing(debuggee: Debuggee, thread: Thread): Standing<RangeIn> {
  const { program, scenario } = thread.timeline;
  return {
    program,
    machine: thread.machine,
    // What a person made by hand stands in no file; the scenario is the nearest place.
    placeOf: (origin) => debuggee.placing!.rangeIn(program.origins[origin] ?? scenario.span),
  };
}

function faultPage(debuggee: Debuggee, thread: Thread, from: number, count: number): Page<FaultItem> {
  const rows = faultRows(thread);
  const items = rows.slice(from, from + count).map((row) => faultItem(debuggee, row));
  return { list: "faults", from, items, total: rows.length };
}

function faultItem({ placing }: Debuggee, { step, statement, outcome, reason, span }: LoggedStep): FaultItem {
  return { kind: "fault", step, statement, outcome, reason, place: placing!.rangeIn(span) };
}

function historyPage(debuggee: Debuggee, thread: Thread, from: number, count: number): Page<HistoryItem> {
  const items = historyRows(thread, from, count).map((row) => historyItem(debuggee, row));
  return { list: "history", from, items, total: thread.reached };
}

function historyItem({ placing }: Debuggee, row: HistoryRow): HistoryItem {
  const { step, statement, outcome, passed, stated, when, isStart, span } = row;
  const place = placing!.rangeIn(span);
  return { kind: "history", step, statement, outcome, passed, stated, when, isStart, place };
}

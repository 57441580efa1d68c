import { savedScenario, traceJson, traceText } from "../../../engine/debugger/index.js";
import type {
  DebugSavedScenario,
  DebugSaveScenarioParams,
  DebugTrace,
  DebugTraceParams,
} from "../../protocol/index.js";
import { uriOf } from "../uris.js";
import type { Handler, Refused } from "./handler.js";

const NO_THREAD: Refused = { refused: "The scenario has come to its end; nothing of it is kept." };

const PORTED: Refused = {
  refused:
    "The steps are statements of iommufd, and the file is written for the RFC; port the file to save a scenario in it: IOASID: Port to iommufd…",
};

/** The steps so far as a new scenario; what becomes of the text is the client's. */
export const saveScenario: Handler<DebugSaveScenarioParams> = (debuggee, { threadId, title }) => {
  const thread = debuggee.thread(threadId);
  if (!thread) return { body: NO_THREAD };
  if (thread.timeline.program.written) return { body: PORTED };
  const saved = savedScenario(thread, title);
  if ("problem" in saved) return { body: { refused: saved.problem } };
  const uri = uriOf(debuggee.pathOf(thread.timeline.scenario.span.file));
  return { body: { ...saved, uri } satisfies DebugSavedScenario };
};

/** What happened so far, for a mail or a report of a bug. */
export const trace: Handler<DebugTraceParams> = (debuggee, { threadId, format }) => {
  const thread = debuggee.thread(threadId);
  if (!thread) return { body: NO_THREAD };
  const text = format === "json" ? `${JSON.stringify(traceJson(thread), undefined, 2)}\n` : traceText(thread);
  return { body: { text } satisfies DebugTrace };
};

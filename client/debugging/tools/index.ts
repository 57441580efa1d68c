/* What the debugger needs in the editor now and then: a file of its own, which is read when it is needed. */
export { completed, confirmed } from "./complete.js";
export { registerHovers } from "./hover.js";
export { copyTrace, saveScenario } from "./record.js";
export { offerRestart } from "./stale.js";

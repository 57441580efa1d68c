/* What shows a machine under the debugger, or as a picture: read when it is needed first. */
export { registerDebugViews } from "./debugging/views/index.js";
export { TopologyPanel } from "./topology/panel.js";

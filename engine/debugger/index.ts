export * from "./breakpoints.js";
export * from "./exceptions.js";
export * from "./position.js";
export * from "./stops.js";
export { type ForwardRun, Thread } from "./thread.js";
export { type HandMade, type Snapshot, Timeline } from "./timeline.js";

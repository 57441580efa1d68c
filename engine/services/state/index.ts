export { type PageAsked, stateOf, statePage } from "./state.js";
export type { Page as StatePage, State, StateItem } from "./types.js";

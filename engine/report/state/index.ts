export { categoryTitle } from "./devices.js";
export {
  machineState,
  machineStatePage,
  type PageAsked,
  type Standing,
  stateOf,
  statePage,
} from "./state.js";
export type { MachineState, Page as StatePage, State, StateItem } from "./types.js";

export type { LaunchArguments } from "./launch.js";
export type { LoadedProgram, ProgramSource } from "./program-source.js";
export { IoasidDebugSession } from "./session.js";

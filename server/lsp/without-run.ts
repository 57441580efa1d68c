import type { Compiled } from "./compile.js";
import { isLarge } from "./programs.js";

/** Why a file that was to run to its end has no run. */
export function withoutRun(compiled: Compiled): "too-large" | "stopped" {
  return isLarge(compiled) ? "too-large" : "stopped";
}

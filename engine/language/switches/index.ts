import type { Source } from "../names/load.js";
import type { Reporter } from "../names/reporter.js";
import type { Program } from "../program.js";
import type { Config } from "./config.js";
import { findIgnores, indexed } from "./find.js";
import { Shown } from "./shown.js";
import type { LevelSetting, Switches } from "./switches.js";

export { readSwitch, SWITCH_WORDS, type SwitchText } from "./comment.js";
export {
  CONFIG_FILE,
  type Config,
  type Policy,
  type ReadConfig,
  readConfig,
  unreadableConfig,
} from "./config.js";
export { spokenOf } from "./reach.js";
export { configSchema } from "./schema.js";
export { type LevelChange, levelChange } from "./set-level.js";
export { Shown } from "./shown.js";
export {
  hostLevels,
  type Ignore,
  ignorableRules,
  type Level,
  type LevelSetting,
  type Switches,
} from "./switches.js";
export { ignoreHere, ignoreInFile, type WrittenSwitch } from "./write.js";

/**
 * What the comments of the files and the configuration say of how findings are shown.
 * @param hostLevels count where the configuration says nothing of a rule
 * @param reporter learns of the switches that cannot be read
 * @returns `undefined` when they say nothing, so that such a program pays nothing for it
 */
export function findSwitches(
  sources: Iterable<Source>,
  config: Config | undefined,
  hostLevels: ReadonlyMap<string, LevelSetting> | undefined,
  reporter: Reporter,
): Switches | undefined {
  const found = findIgnores(sources, reporter);
  const levels = new Map([...(hostLevels ?? []), ...(config?.levels ?? [])]);
  if (found.length === 0 && levels.size === 0) return undefined;
  return { ...indexed(found), levels, used: new Set() };
}

/** The findings of a compilation that are shown, and the switches that know what they hid. */
export function showing(
  switches: Switches | undefined,
  diagnostics: Program["diagnostics"],
): Pick<Program, "diagnostics" | "switches"> {
  if (!switches) return { diagnostics, switches };
  const shown = new Shown(switches);
  const list = shown.list(diagnostics);
  return { diagnostics: list, switches: { ...switches, used: shown.usedIgnores } };
}

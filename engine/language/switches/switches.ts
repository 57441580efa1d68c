import type { Severity } from "../diagnostic.js";
import type { Span } from "../program.js";
import { SWITCH_RULES } from "../rules/family-switches.js";
import { RULES } from "../rules/index.js";

/** How a rule is shown: not at all, or with this severity. */
export type Level = "off" | "info" | "warning" | "error";

export const LEVELS: readonly Level[] = ["off", "info", "warning", "error"];

/** One rule that one comment hides. */
export interface Ignore {
  readonly rule: string;
  /** `nowhere`: no statement follows, so nothing is hidden. */
  readonly reach: "statement" | "file" | "nowhere";
  /** Of the id in the comment. */
  readonly span: Span;
  /** Findings that begin in it are hidden; `end` exclusive. Those of one file and rule nest, or lie apart. */
  readonly covers: Span;
  /** The next larger one of the same file and rule around it. */
  readonly outer: Ignore | undefined;
}

/** The level that one rule is set to. */
export interface LevelSetting {
  readonly level: Level;
  /** Of the rule's key in the configuration file; `undefined` where the host has set it. */
  readonly span: Span | undefined;
}

/** Everything that changes how the findings of one program are shown. */
export interface Switches {
  /** In the order of their ids in the files. */
  readonly ignores: readonly Ignore[];
  /** By file, then by rule, each list in the order of what they cover. */
  readonly index: ReadonlyMap<string, ReadonlyMap<string, readonly Ignore[]>>;
  readonly levels: ReadonlyMap<string, LevelSetting>;
  /** Those that hid something while the program was compiled. */
  readonly used: ReadonlySet<Ignore>;
}

export const SEVERITIES: Readonly<Record<Exclude<Level, "off">, Severity>> = {
  info: "information",
  warning: "warning",
  error: "error",
};

/** Why a rule cannot be switched in a place; `undefined` when it can. */
export type Obstacle = "unknown" | "text" | "switch" | "always";

/** What keeps a comment from hiding a rule. */
export function obstacleToIgnore(rule: string): Obstacle | undefined {
  const known = RULES.get(rule);
  if (!known) return "unknown";
  const isError = known.severity === "error";
  if (SWITCH_RULES.includes(known)) return isError ? "always" : "switch";
  return rule.startsWith("S") && isError ? "text" : undefined;
}

/** What keeps a configuration from giving a rule a level. */
export function obstacleToLevel(rule: string): Obstacle | undefined {
  const obstacle = obstacleToIgnore(rule);
  return obstacle === "switch" ? undefined : obstacle;
}

/**
 * Levels that the host of the engine sets, as an editor does by its settings. What is no level, or of a rule
 * that can have none, is left out.
 * @param given by the id of the rule
 */
export function hostLevels(given: Readonly<Record<string, unknown>>): ReadonlyMap<string, LevelSetting> {
  const levels = new Map<string, LevelSetting>();
  for (const [rule, value] of Object.entries(given)) {
    const level = LEVELS.find((each) => each === value);
    if (level && obstacleToLevel(rule) === undefined) levels.set(rule, { level, span: undefined });
  }
  return levels;
}

/** Ids of all rules that a comment can hide, in their order. */
export function ignorableRules(): string[] {
  return rulesWithout(obstacleToIgnore);
}

/** Ids of all rules that pass `obstacle`, in their order. */
export function rulesWithout(obstacle: (rule: string) => Obstacle | undefined): string[] {
  return [...RULES.keys()].filter((rule) => obstacle(rule) === undefined);
}

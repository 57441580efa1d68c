import type { Diagnostic } from "../diagnostic.js";
import { diagnosticOf } from "../names/reporter.js";
import type { Facts } from "../rules/index.js";
import { type At, nearest } from "../syntax/index.js";
import { type JsonMember, type JsonValue, readJson } from "./json-text.js";
import { LEVELS, type Level, type LevelSetting, obstacleToLevel, rulesWithout } from "./switches.js";

/** Name of the configuration file. */
export const CONFIG_FILE = "ioasid.config.json";

/** The `pasid-policy` of files that state none. */
export type Policy = "precise" | "simple";

export const POLICIES: readonly Policy[] = ["precise", "simple"];

export const KEYS = ["rules", "policy", "$schema"] as const;

/** What a configuration file says; what cannot be understood of it is left out. */
export interface Config {
  /** In the form in which diagnostics name it. */
  readonly file: string;
  readonly text: string;
  readonly levels: ReadonlyMap<string, LevelSetting>;
  readonly policy: Policy | undefined;
}

/** More than this is no configuration, and would only be read to be told how it is none. */
const LARGEST = 1 << 20;

/** A configuration, and what is wrong with its file. */
export interface ReadConfig {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the text of an `ioasid.config.json`. It never fails: each mistake gives a diagnostic at its place
 * (S064, S067, S068), and everything else counts.
 * @param file what diagnostics call it
 */
export function readConfig(text: string, file: string): ReadConfig {
  if (text.length > LARGEST)
    return unreadableConfig(file, "The file is larger than 1 MiB, so it is no configuration.");
  const reader = new ConfigReader(file);
  const { value, problems } = readJson(text);
  for (const { problem, help, start, end } of problems)
    reader.tell("S067", { problem, help }, { start, end });
  if (value) reader.read(value);
  const { levels, policy, diagnostics } = reader;
  return { config: { file, text, levels, policy }, diagnostics };
}

/** Stands for a configuration file that is there and cannot be read. @param reason a sentence */
export function unreadableConfig(file: string, reason: string): ReadConfig {
  const help = "Until it can be read, every rule has its own level.";
  const diagnostic = diagnosticOf("S067", { problem: reason, help }, { file, start: 0, end: 0 }, []);
  return { config: { file, text: "", levels: new Map(), policy: undefined }, diagnostics: [diagnostic] };
}

class ConfigReader {
  readonly levels = new Map<string, LevelSetting>();
  readonly diagnostics: Diagnostic[] = [];
  policy: Policy | undefined;

  constructor(private readonly file: string) {}

  tell(code: string, facts: Facts, { start, end }: At): void {
    this.diagnostics.push(diagnosticOf(code, facts, { file: this.file, start, end }, []));
  }

  read(value: JsonValue): void {
    if (value.kind !== "object") {
      const problem = "A configuration is one JSON object.";
      this.tell("S067", { problem, help: 'Write `{ "rules": { … } }`.' }, value);
      return;
    }
    for (const { key, value: set } of this.onlyOnce(value.members)) {
      if (key.value === "rules") this.rules(set);
      else if (key.value === "policy") this.policy = this.oneOf(POLICIES, key.value, set) ?? this.policy;
      else if (key.value === "$schema") this.schema(set);
      else this.unknown("key", key.value, key.value, KEYS, key);
    }
  }

  private rules(value: JsonValue): void {
    if (value.kind !== "object") {
      const known = 'an object such as `{ "P027": "off" }`';
      const facts = { found: this.words(value), reason: "value", key: "rules", known, nearest: undefined };
      this.tell("S068", facts, value);
      return;
    }
    for (const { key, value: set } of this.onlyOnce(value.members)) {
      const obstacle = obstacleToLevel(key.value);
      const level = this.oneOf(LEVELS, key.value, set);
      if (obstacle === undefined) {
        const span = { file: this.file, start: key.start, end: key.end };
        if (level) this.levels.set(key.value, { level, span });
        continue;
      }
      const near = obstacle === "unknown" ? nearest(key.value, rulesWithout(obstacleToLevel)) : undefined;
      this.tell("S064", { rule: key.value || "without a name", reason: obstacle, nearest: near }, key);
    }
  }

  private schema(value: JsonValue): void {
    if (value.kind === "string") return;
    const facts = { reason: "value", key: "$schema", known: "the address of the schema", nearest: undefined };
    this.tell("S068", { found: this.words(value), ...facts }, value);
  }

  private oneOf<T extends Level | Policy>(known: readonly T[], key: string, value: JsonValue): T | undefined {
    const text = value.kind === "string" ? value.value : undefined;
    const found = known.find((each) => each === text);
    if (!found) this.unknown("value", this.words(value), key, known, value, text);
    return found;
  }

  private unknown(
    reason: "key" | "value",
    found: string,
    key: string,
    known: readonly string[],
    place: At,
    text: string = found,
  ): void {
    const list = known.map((each) => `"${each}"`);
    const phrase = `${list.slice(0, -1).join(", ")} or ${list.at(-1)}`;
    this.tell("S068", { found, reason, key, known: phrase, nearest: nearest(text, known) }, place);
  }

  /** A value for a message. */
  private words(value: JsonValue): string {
    if (value.kind === "string") return `"${shortened(value.value)}"`;
    return value.kind === "object" ? "An object" : value.kind === "array" ? "A list" : "This";
  }

  /** The members, of those with equal keys the last. */
  private onlyOnce(members: readonly JsonMember[]): readonly JsonMember[] {
    const byKey = new Map<string, JsonMember>();
    for (const member of members) {
      const { value: key } = member.key;
      if (byKey.delete(key)) {
        const facts = { found: key, reason: "twice", key, known: "", nearest: undefined };
        this.tell("S068", facts, member.key);
      }
      byKey.set(key, member);
    }
    return [...byKey.values()];
  }
}

const LONGEST = 40;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

import type { Entry } from "../names/definition.js";

/** Rules that one place allows, with a text that tells equal sets apart from others. */
interface Level {
  readonly rules: Set<string>;
  key: string;
}

/**
 * Which rules `allow` has turned into information: in a file, for an owner, in a scenario, each from its
 * statement on. Steps under the same allowances share one frozen set.
 */
export class Allowances {
  private readonly files = new Map<string, Level>();
  private readonly owners = new Map<Entry, Level>();
  private scenario: Level = { rules: new Set(), key: "" };
  private readonly shared = new Map<string, ReadonlySet<string>>();

  /** Whether nothing was allowed anywhere. */
  isEmpty = true;

  inFile(file: string, rule: string): void {
    this.add(levelOf(this.files, file), rule);
  }

  forOwner(owner: Entry, rule: string): void {
    this.add(levelOf(this.owners, owner), rule);
  }

  inScenario(rule: string): void {
    this.add(this.scenario, rule);
  }

  private add(level: Level, rule: string): void {
    this.isEmpty = false;
    level.rules.add(rule);
    level.key = [...level.rules].sort().join(" ");
  }

  /** A scenario begins: what the one before allowed is over. */
  beginScenario(): void {
    this.scenario = { rules: new Set(), key: "" };
  }

  /** Everything that is allowed to a step now; `undefined` when nothing is. */
  of(file: string, owner: Entry | undefined): ReadonlySet<string> | undefined {
    const inFile = this.files.get(file);
    const forOwner = owner && this.owners.get(owner);
    if (!inFile && !forOwner && this.scenario.key === "") return undefined;
    const levels = [inFile, forOwner, this.scenario];
    const key = levels.map((level) => level?.key ?? "").join("|");
    let set = this.shared.get(key);
    if (!set) {
      set = this.union(levels);
      this.shared.set(key, set);
    }
    return set;
  }

  /** One object for each distinct union, however it came about. */
  private union(levels: readonly (Level | undefined)[]): ReadonlySet<string> {
    const rules = [...new Set(levels.flatMap((level) => (level ? [...level.rules] : [])))].sort();
    const key = rules.join(" ");
    const known = this.shared.get(key);
    if (known) return known;
    const set: ReadonlySet<string> = Object.freeze(new Set(rules));
    this.shared.set(key, set);
    return set;
  }
}

function levelOf<K>(map: Map<K, Level>, key: K): Level {
  let level = map.get(key);
  if (!level) {
    level = { rules: new Set(), key: "" };
    map.set(key, level);
  }
  return level;
}

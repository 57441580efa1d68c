/** A map with a second layer that a scenario writes to and that is gone when the next one begins. */
export class Overlay<K, V> {
  private readonly base = new Map<K, V>();
  private layer: Map<K, V> | undefined;

  get(key: K): V | undefined {
    return this.layer?.get(key) ?? this.base.get(key);
  }

  set(key: K, value: V): void {
    (this.layer ?? this.base).set(key, value);
  }

  /** From here on nothing is written to the base any more. */
  beginScenario(): void {
    this.layer = new Map();
  }
}

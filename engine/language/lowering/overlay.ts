/** A map with a second layer that a scenario writes to and that is gone when the next one begins. */
export class Overlay<K, V> {
  private readonly base = new Map<K, V>();
  private layer: Map<K, V> | undefined;
  private changed = false;

  get(key: K): V | undefined {
    return this.layer?.get(key) ?? this.base.get(key);
  }

  set(key: K, value: V): void {
    this.changed ||= this.layer !== undefined || this.base.has(key);
    (this.layer ?? this.base).set(key, value);
  }

  /** A key is as if it had never been given a value. */
  forget(key: K): void {
    this.base.delete(key);
  }

  /** Whether each key was given one value, and none in the second layer: what a key has then, it has to the end. */
  get isSteady(): boolean {
    return !this.changed;
  }

  /** The same with other values, as long as it is steady. */
  mapped(other: (value: V) => V): Overlay<K, V> {
    const overlay = new Overlay<K, V>();
    for (const [key, value] of this.base) overlay.base.set(key, other(value));
    return overlay;
  }

  /** From here on nothing is written to the base any more. */
  beginScenario(): void {
    this.layer = new Map();
  }
}

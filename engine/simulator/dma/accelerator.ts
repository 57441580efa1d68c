import type { Stream } from "../state.js";

/**
 * Remembers the caches of the (RID, PASID) that asked last, so that a burst of requests finds them without
 * a look in the device's maps. For speed alone: it is emptied by every operation that is not a DMA, never
 * forked and never seen; with it off every trace is the same.
 */
export class Accelerator {
  enabled = true;
  #key = -1;
  #stream: Stream | undefined;

  /** @param key number of the (RID, PASID) */
  find(key: number): Stream | undefined {
    return key === this.#key ? this.#stream : undefined;
  }

  keep(key: number, stream: Stream): void {
    if (!this.enabled) return;
    this.#key = key;
    this.#stream = stream;
  }

  clear(): void {
    this.#key = -1;
    this.#stream = undefined;
  }
}

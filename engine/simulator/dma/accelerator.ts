/** Slots of the cache; a power of two. */
const SLOTS = 4096;

/**
 * A small direct-mapped cache in front of the architectural IOTLB, for speed alone. It holds only what the
 * IOTLB answered, is emptied by every operation that is not a DMA, never forked and never seen: with it off
 * every trace is the same.
 */
export class Accelerator {
  enabled = true;
  #used = false;
  readonly #streams = new Float64Array(SLOTS).fill(-1);
  readonly #pages = new Float64Array(SLOTS);
  readonly #targets = new Float64Array(SLOTS);
  readonly #access = new Uint8Array(SLOTS);

  /**
   * @param stream number of the (RID, PASID)
   * @param page input frame
   * @returns the slot that holds it, or -1
   */
  find(stream: number, page: number): number {
    const slot = slotOf(stream, page);
    return this.#streams[slot] === stream && this.#pages[slot] === page ? slot : -1;
  }

  target(slot: number): number {
    return this.#targets[slot]!;
  }

  access(slot: number): number {
    return this.#access[slot]!;
  }

  keep(stream: number, page: number, target: number, access: number): void {
    if (!this.enabled) return;
    const slot = slotOf(stream, page);
    this.#streams[slot] = stream;
    this.#pages[slot] = page;
    this.#targets[slot] = target;
    this.#access[slot] = access;
    this.#used = true;
  }

  clear(): void {
    if (!this.#used) return;
    this.#streams.fill(-1);
    this.#used = false;
  }
}

function slotOf(stream: number, page: number): number {
  return ((page % 0x4000_0000) ^ (stream % 0x4000_0000)) & (SLOTS - 1);
}

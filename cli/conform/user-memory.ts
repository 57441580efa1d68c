const PAGE = 4096;

/** First address and bytes of the buffer that `@offset` means. */
export const BUFFER = 0x100_0000_0000;
export const BUFFER_SIZE = 64 * 1024 * 1024;

/** The buffer of the process that the corpus was recorded with: zero until it is written. */
export class UserMemory {
  readonly #pages = new Map<number, Uint8Array>();

  /** How many bytes from an address on lie in the buffer. */
  room(address: number): number {
    const offset = address - BUFFER;
    return offset >= 0 && offset < BUFFER_SIZE ? BUFFER_SIZE - offset : 0;
  }

  /** @param address of the first byte; the caller knows that all of them are in the buffer */
  read(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.#each(address, length, (page, from, to, at) => {
      const found = this.#pages.get(page);
      if (found) bytes.set(found.subarray(from, to), at);
    });
    return bytes;
  }

  write(address: number, bytes: Uint8Array): void {
    this.#each(address, bytes.length, (page, from, to, at) => {
      let found = this.#pages.get(page);
      if (!found) {
        found = new Uint8Array(PAGE);
        this.#pages.set(page, found);
      }
      found.set(bytes.subarray(at, at + to - from), from);
    });
  }

  #each(
    address: number,
    length: number,
    visit: (page: number, from: number, to: number, at: number) => void,
  ): void {
    for (let at = 0; at < length; ) {
      const page = Math.floor((address + at) / PAGE);
      const from = (address + at) % PAGE;
      const to = Math.min(PAGE, from + length - at);
      visit(page, from, to, at);
      at += to - from;
    }
  }
}

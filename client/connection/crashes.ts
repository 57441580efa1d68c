/** More crashes than this within the time below, and the server is not started again by itself. */
export const MOST_CRASHES = 4;

/** Milliseconds after which a crash is forgotten. */
export const MEMORY_MILLISECONDS = 3 * 60 * 1000;

/** Counts the crashes of the server, to tell one that can be mended by a new start from one that cannot. */
export class Crashes {
  private times: readonly number[] = [];

  /** @param now milliseconds from some fixed moment */
  constructor(private readonly now: () => number) {}

  /** The server is gone. @returns whether to start a new one */
  happened(): boolean {
    const now = this.now();
    this.times = [...this.times.filter((time) => now - time < MEMORY_MILLISECONDS), now];
    return this.times.length <= MOST_CRASHES;
  }

  /** Somebody started it by hand, and trusts it anew. */
  forget(): void {
    this.times = [];
  }
}

/** While somebody types, words that come more often than this are only noise to who hears them. */
const PAUSE_MILLISECONDS = 1500;

/** Says in the live region what happened to the report, at the end of a burst of changes, and only what is new. */
export class Announcer {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly region: HTMLElement) {}

  /** Is heard when nothing else follows for a moment. */
  later(words: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(words), PAUSE_MILLISECONDS);
  }

  now(words: string): void {
    clearTimeout(this.timer);
    if (this.region.textContent !== words) this.region.textContent = words;
  }
}

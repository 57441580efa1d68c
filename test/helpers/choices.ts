/** Decides every choice of a generated text; at its end it always takes the first. */
export class Choices {
  private at = 0;

  constructor(private readonly tape: readonly number[]) {}

  below(count: number): number {
    return (this.tape[this.at++] ?? 0) % count;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Zero to `most` times what `make` gives. */
  several<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index));
  }

  /** The words, or none of them. */
  maybe(words: string): string {
    return this.below(2) === 0 ? "" : words;
  }
}

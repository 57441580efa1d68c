/** What tells the scenarios of one file apart: titles may repeat. */
export interface Named {
  readonly title: string;
  /** Which one of those with the title, from 0. */
  readonly occurrence: number;
}

/** Scenarios in the order of their file, each with its number among those of the same title. */
export function named<T extends { readonly title: string }>(scenarios: readonly T[]): (T & Named)[] {
  const seen = new Map<string, number>();
  return scenarios.map((scenario) => {
    const occurrence = seen.get(scenario.title) ?? 0;
    seen.set(scenario.title, occurrence + 1);
    return { ...scenario, occurrence };
  });
}

/** A text that stands for a scenario of a file as long as its title does. */
export function idOf({ title, occurrence }: Named): string {
  return occurrence === 0 ? title : `${title}\n${occurrence}`;
}

import type { Analysis, Span } from "../language/index.js";

/** A scenario of a file: its title, and its whole statement. */
export interface ScenarioPlace {
  readonly title: string;
  readonly span: Span;
}

/** The scenarios of the root file, in their order; imports have none that run. */
export function scenariosOf({ program, trees }: Analysis): ScenarioPlace[] {
  const { file } = program;
  return (trees.get(file)?.items ?? []).flatMap((item) =>
    item.kind === "scenario"
      ? [{ title: item.title?.value ?? "", span: { file, start: item.start, end: item.end } }]
      : [],
  );
}

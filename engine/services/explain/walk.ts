import type { Block, Places } from "../../report/index.js";
import type { Outcome, Stage } from "../../simulator/index.js";
import { lineText } from "./lines.js";

/** The stages of each walk of an outcome: one, or one for every request that a response resumed. */
export function walksOf(outcome: Outcome | undefined): readonly (readonly Stage[])[] {
  if (!outcome) return [];
  if (outcome.kind === "responded") return outcome.resumed.flatMap(walksOf);
  return outcome.stages && outcome.stages.length > 0 ? [outcome.stages] : [];
}

/** The stages of a walk in their order, each with the line that decided it. */
export function walkBlocks(places: Places, stages: readonly Stage[]): Block[] {
  if (stages.length === 0) return [];
  const items = stages.map(
    ({ kind, text, origin }) => `**${kind}**: ${text}${lineText(places, origin, " (", ")")}`,
  );
  return [{ kind: "list", items }];
}

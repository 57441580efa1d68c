import { RULES } from "../../language/index.js";
import { apply, type Machine, type Operation, type Outcome } from "../../simulator/index.js";

type BodyOf<T> = T extends unknown ? Omit<T, "origin" | "allow"> : never;

/** An operation that somebody thinks of writing. */
export type Idea = BodyOf<Operation>;

/** What would come of an operation; the machine stays as it is. */
export function tried(machine: Machine, idea: Idea): Outcome {
  return apply(machine.fork(), { ...idea, origin: -1 } as Operation);
}

/** Why an operation would be refused, in a few words; `undefined` when it would work. */
export function objection(machine: Machine, idea: Idea): string | undefined {
  const outcome = tried(machine, idea);
  if (outcome.kind !== "refused") return undefined;
  const { rule, errno } = outcome.refusal;
  return `${errno}: ${lowerFirst(RULES.get(rule)?.title ?? rule)} (${rule})`;
}

function lowerFirst(text: string): string {
  // An abbreviation at the beginning stays one.
  return /^[A-Z][a-z]/.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
}

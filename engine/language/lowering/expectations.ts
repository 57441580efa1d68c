import type { Memory } from "../../simulator/index.js";
import type { Expectation } from "../program.js";
import type { Outcome } from "../syntax/index.js";
import { numberOf } from "./context.js";
import type { Lookup, Place } from "./place.js";
import { lowerInside } from "./regions.js";

/** "broken": something was written after `=>`, and nobody can tell what. */
export type LoweredExpectation = Expectation | "broken" | undefined;

/** What a person wrote after `=>`. */
export function lowerExpectation(
  lookup: Lookup,
  place: Place,
  memories: readonly Memory[],
  node: Outcome | undefined,
): LoweredExpectation {
  if (!node) return undefined;
  const outcome = lowerResult(lookup, place, memories, node);
  const wire = wireOf(node);
  if (!outcome || wire === "broken") return "broken";
  return { span: { file: place.file, start: node.start, end: node.end }, outcome, wire };
}

function lowerResult(
  lookup: Lookup,
  place: Place,
  memories: readonly Memory[],
  { result }: Outcome,
): Expectation["outcome"] | undefined {
  if (!result) return undefined;
  switch (result.kind) {
    case "region": {
      const region = lowerInside(lookup, place, memories, result);
      return region && { kind: "memory", ...region };
    }
    case "number":
      return result.value && { kind: "physical", address: result.value };
    case "errno":
      return { kind: "errno", errno: result.errno };
    case "fault": {
      if (result.code && !result.code.value) return undefined;
      return { kind: "fault", name: result.name, code: result.code?.value && numberOf(result.code.value) };
    }
    case "vm-exit":
      return { kind: "vm-exit", reason: result.reason };
    case "ok":
    case "page-request":
    case "gp":
    case "refused":
      return { kind: result.kind };
  }
}

function wireOf({ wire }: Outcome): number | "none" | "broken" | undefined {
  if (!wire) return undefined;
  if (wire.kind === "word") return "none";
  return wire.value ? numberOf(wire.value) : "broken";
}

import { type Address, subtract } from "../address/index.js";
import type { AssertionResult, Expectation, StepResult } from "../language/index.js";
import type { Outcome, Platform, Wire } from "../simulator/index.js";
import { groupedHex, memoryName } from "./names.js";

/**
 * What came of a step in the words that a person could write after `=>`. A PASID on the wire is always
 * said; `wire none` only where the file states a wire, because most requests have no PASID.
 */
export function stepOutcome(platform: Platform, step: StepResult): string {
  if (step.assertion) return assertionOutcome(step.assertion);
  return step.outcome ? outcomeWords(platform, step.outcome, step.step.expectation) : "ok";
}

/** An outcome in the language's words; `expectation` decides only whether an absent wire PASID is said. */
export function outcomeWords(platform: Platform, outcome: Outcome, expectation?: Expectation): string {
  switch (outcome.kind) {
    case "ok":
      return "ok";
    case "refused":
      return outcome.refusal.errno;
    case "reached":
      return placeWords(platform, outcome.physical, outcome.memory) + wireWords(outcome.wire, expectation);
    case "fault":
      return `fault ${outcome.fault.name}${wireWords(outcome.wire, expectation)}`;
    case "page-request":
      return `page-request${wireWords(outcome.wire, expectation)}`;
    case "vm-exit":
      return `vm-exit ${outcome.reason}`;
    case "gp":
      return "#gp";
    case "portal-refused":
      return "refused";
    case "responded":
      return respondedWords(platform, outcome.resumed, expectation);
  }
}

/** `ram[0x20_1000]`, or the bare host-physical address outside every declared memory. */
export function placeWords(platform: Platform, physical: Address, memory: number | undefined): string {
  const offset = memoryOffset(platform, physical, memory);
  return memory === undefined || offset === undefined
    ? groupedHex(physical)
    : `${memoryName(platform, memory)}[${groupedHex(offset)}]`;
}

/** Distance from the first byte of a memory's backing, or `undefined` without a memory. */
export function memoryOffset(
  platform: Platform,
  physical: Address,
  memory: number | undefined,
): Address | undefined {
  const found = memory === undefined ? undefined : platform.memories[memory];
  return found && subtract(physical, found.physical);
}

function wireWords(wire: Wire, expectation: Expectation | undefined): string {
  if (wire.pasid !== undefined) return ` wire ${wire.pasid}`;
  return expectation?.wire === undefined ? "" : " wire none";
}

/** What the resumed requests came to: one word where they agree, else each in its order. */
function respondedWords(platform: Platform, resumed: readonly Outcome[], expectation?: Expectation): string {
  const words = resumed.map((outcome) => outcomeWords(platform, outcome, expectation));
  return words.length === 0 ? "ok" : [...new Set(words)].join(", ");
}

function assertionOutcome(assertion: AssertionResult): string {
  switch (assertion.kind) {
    case "value":
      return assertion.actual;
    case "isolated":
      return assertion.result.isolated ? "isolated" : "not isolated";
    case "reaches":
      return assertion.result.reached ? "reached" : "not reached";
  }
}

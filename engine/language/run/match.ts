import { type Address, add, equal, lengthOf } from "../../address/index.js";
import {
  type Fault,
  type FaultName,
  faultMatches,
  type Operation,
  type Outcome,
  type Platform,
  type Refusal,
  type Wire,
} from "../../simulator/index.js";
import type { Expectation } from "../program.js";

/**
 * Whether an outcome is the stated one, or a success where none was stated (language.md, "Steps").
 * @param operation what was asked: a DMA's own range decides what `ram[a + L]` must cover, and a page
 *   response of `invalid` is a success whatever becomes of the resumed requests
 */
export function matches(
  platform: Platform,
  operation: Operation,
  expectation: Expectation | undefined,
  outcome: Outcome,
): boolean {
  if (!expectation || (expectation.outcome.kind === "ok" && expectation.wire === undefined)) {
    return succeeded(operation, outcome);
  }
  if (outcome.kind === "responded" && outcome.resumed.length > 0 && expectation.outcome.kind !== "ok") {
    return outcome.resumed.every((each) => matches(platform, operation, expectation, each));
  }
  return meets(platform, operation, expectation, outcome) && onWire(expectation.wire, outcome);
}

/** Success as a step without `=>` needs it. */
export function succeeded(operation: Operation, outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "ok":
    case "reached":
      return true;
    case "responded":
      if (operation.kind === "respond" && !operation.success) return true;
      return outcome.resumed.every((each) => each.kind === "reached" || each.kind === "ok");
    default:
      return false;
  }
}

function meets(
  platform: Platform,
  operation: Operation,
  { outcome: wanted }: Expectation,
  outcome: Outcome,
): boolean {
  switch (wanted.kind) {
    case "ok":
      return succeeded(operation, outcome);
    case "errno":
      return isAnswer(outcome) && refusalOf(outcome)?.errno === wanted.errno;
    case "memory":
      return meetsMemory(platform, operation, wanted, outcome);
    case "physical":
      return outcome.kind === "reached" && equal(outcome.physical, wanted.address);
    case "fault":
      return outcome.kind === "fault" && meetsFault(wanted.name, wanted.code, outcome.fault);
    case "page-request":
      return outcome.kind === "page-request";
    case "vm-exit":
      return outcome.kind === "vm-exit" && (wanted.reason === undefined || wanted.reason === outcome.reason);
    case "gp":
      return outcome.kind === "gp";
    case "refused":
      return outcome.kind === "portal-refused" || refusalOf(outcome)?.rule === "P029";
  }
}

/** A call answers with an errno; of what stops an instruction at its portal, only P029 has one. */
function isAnswer(outcome: Outcome): boolean {
  return outcome.kind === "refused" || refusalOf(outcome)?.rule === "P029";
}

function meetsMemory(
  platform: Platform,
  operation: Operation,
  wanted: { readonly memory: number; readonly offset: Address; readonly length: Address | undefined },
  outcome: Outcome,
): boolean {
  if (outcome.kind !== "reached" || outcome.memory !== wanted.memory) return false;
  const memory = platform.memories[wanted.memory];
  const first = memory && add(memory.physical, wanted.offset);
  if (!first || !equal(outcome.physical, first)) return false;
  if (!wanted.length) return true;
  if (!outcome.contiguous) return false;
  // What a page response resumes has the length that its own statement gave it.
  if (operation.kind === "respond") return true;
  const length = operation.kind === "dma" ? lengthOf(operation.range) : undefined;
  return length !== undefined && equal(length, wanted.length);
}

function meetsFault(name: FaultName | undefined, code: number | undefined, fault: Fault): boolean {
  if (code !== undefined) return fault.code === code;
  return name === undefined || faultMatches(fault, name);
}

function onWire(wanted: number | "none" | undefined, outcome: Outcome): boolean {
  if (wanted === undefined) return true;
  const actual = wireOf(outcome)?.pasid;
  return wanted === "none" ? actual === undefined : actual === wanted;
}

/** What the bus saw, for the outcomes of a request that a device issued. */
export function wireOf(outcome: Outcome): Wire | undefined {
  return outcome.kind === "reached" || outcome.kind === "fault" || outcome.kind === "page-request"
    ? outcome.wire
    : undefined;
}

/** The rule that decided an outcome, if one did. */
export function refusalOf(outcome: Outcome): Refusal | undefined {
  switch (outcome.kind) {
    case "refused":
    case "vm-exit":
    case "portal-refused":
      return outcome.refusal;
    default:
      return undefined;
  }
}

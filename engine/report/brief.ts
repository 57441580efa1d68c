import { equal, lengthOf } from "../address/index.js";
import {
  type AssertionResult,
  codeText,
  type Expectation,
  findingsOf,
  flagsText,
  groupedHex,
  placeText,
  refusalOf,
  type StepResult,
} from "../language/index.js";
import {
  type Finding,
  type MovedPasid,
  type Operation,
  type Outcome,
  type Platform,
  type Result,
  vmxIndex,
} from "../simulator/index.js";
import { explainOutcome, memoryBehind, unitName } from "./explain.js";
import { deviceName } from "./names.js";
import { stepOutcome } from "./outcome.js";

type Stated = Expectation["outcome"] | undefined;

/** What a step is judged by: its outcome, and what its author stated of it. */
interface Brief {
  readonly platform: Platform;
  readonly operation: Operation;
  /** `undefined` where the statement is wrong as well: then all is said. */
  readonly stated: Stated;
  readonly wireStated: boolean;
}

/**
 * What came of a step in a few words, each a part by itself: only what the statement and its stated outcome
 * do not say already. Empty where they say everything.
 */
export function briefStep(platform: Platform, result: StepResult): string[] {
  const { step, outcome, assertion, passed } = result;
  if (assertion) return passed ? [] : [briefAssertion(platform, result, assertion)];
  if (!outcome || step.kind !== "operation") return [];
  const expectation = passed ? step.expectation : undefined;
  const brief: Brief = {
    platform,
    operation: step.operation,
    stated: expectation?.outcome,
    wireStated: expectation?.wire !== undefined,
  };
  const said = [...briefOutcome(brief, outcome), ...findingsOf(outcome).map(briefFinding)];
  return said.length === 0 && !passed ? [stepOutcome(platform, result)] : said;
}

function briefOutcome(brief: Brief, outcome: Outcome): string[] {
  const { stated } = brief;
  switch (outcome.kind) {
    case "ok":
      return outcome.result ? briefResult(brief, outcome.result) : [];
    case "refused": {
      const { errno, rule } = outcome.refusal;
      return stated?.kind === "errno" ? [rule] : [errno, rule];
    }
    case "reached":
      return briefPlace(brief, outcome);
    case "fault":
    case "page-request":
      return briefFault(brief, outcome);
    case "vm-exit": {
      const exit = stated?.kind === "vm-exit" && stated.reason ? [] : [`vm-exit ${outcome.reason}`];
      return [...exit, `vPASID ${outcome.pasid} has no valid slot`, ...ruleOf(outcome)];
    }
    case "gp":
      return [...(stated?.kind === "gp" ? [] : ["#gp"]), clause(outcome.text)];
    case "portal-refused":
      return [...(stated?.kind === "refused" ? [] : ["refused"]), clause(outcome.text), ...ruleOf(outcome)];
    case "responded": {
      const [first, ...others] = outcome.resumed;
      if (!first) return [];
      const count = others.length === 0 ? [] : [`${outcome.resumed.length} requests`];
      return [...count, ...briefOutcome(brief, first)];
    }
  }
}

function briefPlace(
  { platform, stated, wireStated }: Brief,
  { physical, memory, wire, contiguous }: Extract<Outcome, { kind: "reached" }>,
): string[] {
  const address = groupedHex(physical);
  const place = placeText(platform, memory, physical);
  const isPlaced = stated?.kind === "memory" || place === address;
  return [
    ...(isPlaced ? [] : [place]),
    ...(stated?.kind === "physical" ? [] : [address]),
    ...(wire.rid === undefined ? ["in software"] : briefWire(wire.pasid, wireStated)),
    ...(contiguous ? [] : ["its pages lie apart"]),
  ];
}

/** A PASID on the wire is said; that there is none needs no word. */
function briefWire(pasid: number | undefined, wireStated: boolean): string[] {
  return pasid === undefined || wireStated ? [] : [`wire ${pasid}`];
}

function briefFault(
  { platform, operation, stated, wireStated }: Brief,
  outcome: Extract<Outcome, { kind: "fault" | "page-request" }>,
): string[] {
  const { fault, wire, kind } = outcome;
  const isNamed = stated?.kind === "fault" && stated.name === fault.name;
  const isCoded = stated?.kind === "fault" && stated.code !== undefined;
  const asked = "address" in operation ? operation.address : undefined;
  const from = operation.kind === "dma" ? operation.range.start : asked;
  const elsewhere = from && !equal(from, fault.address) ? ` at ${groupedHex(fault.address)}` : "";
  return [
    ...(kind === "page-request" && stated?.kind !== "page-request" ? ["page-request"] : []),
    ...(isNamed ? [] : [fault.name]),
    ...(isCoded || fault.code === undefined ? [] : [`${unitName(platform, wire)} ${codeText(fault.code)}`]),
    `${fault.stage} stage${elsewhere}`,
    ...briefWire(wire.pasid, wireStated),
  ];
}

function briefResult(brief: Brief, result: Result): string[] {
  const { platform, operation } = brief;
  switch (result.kind) {
    case "copied": {
      const [only, ...others] = result.areas;
      const memory = only && memoryBehind(platform, result.owner, only.target);
      // Where the one area lies is what the statement says.
      if (memory !== undefined && others.length === 0) return [memory];
      return [explainOutcome(platform, { kind: "ok", result, findings: [] })];
    }
    case "attachment":
      return explainOutcome(platform, { kind: "ok", result, findings: [] }).split(" · ");
    case "kvm-slot": {
      const { directory, directoryIndex, tableIndex } = vmxIndex(result.pasid);
      const number = `pPASID ${result.physical}${result.already ? " already" : ""}`;
      return [number, `VMX ${directory} directory ${directoryIndex}, entry ${tableIndex}`];
    }
    case "unmapped": {
      const asked = operation.kind === "unmap" ? lengthOf(operation.range) : undefined;
      const isAll = asked !== undefined && equal(asked, result.bytes);
      return isAll ? [] : [explainOutcome(platform, { kind: "ok", result, findings: [] })];
    }
    case "capability":
      return result.pasid
        ? [`reports ${flagsText(result)}`, `vPASIDs of ${result.width} bits`]
        : ["no PASID capability"];
    case "space-info":
      return result.facts.slice(1, 4);
    case "migrated":
      return briefMoved(platform, result.moved);
    case "ioasid":
      return [];
  }
}

/** More moved numbers than these make a line that nobody reads. */
const SHOWN_MOVED = 2;

function briefMoved(platform: Platform, moved: readonly MovedPasid[]): string[] {
  const changed = moved.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return moved.length === 0 ? [] : ["no pPASID changed"];
  const shown = changed
    .slice(0, SHOWN_MOVED)
    .map(
      (each) => `${deviceName(platform, each.device)} pasid ${each.pasid}: ${each.before} -> ${each.after}`,
    );
  const more = changed.length - shown.length;
  return [`pPASID of ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`];
}

function briefAssertion(platform: Platform, result: StepResult, { kind }: AssertionResult): string {
  const found = stepOutcome(platform, result);
  return kind === "value" ? `is ${found}` : found;
}

function briefFinding(finding: Finding): string {
  switch (finding.kind) {
    case "wrong-space":
      return `isolation violated: reaches ${finding.reached}`;
    case "stale-entry":
      return "stale IOTLB entry";
    case "allowed":
      return `${finding.refusal.rule} allowed`;
    case "note":
      return finding.refusal.rule;
  }
}

function ruleOf(outcome: Outcome): string[] {
  const refusal = refusalOf(outcome);
  return refusal ? [refusal.rule] : [];
}

/** The first clause of a sentence: the rest of it says why, and stands in the details. */
function clause(text: string): string {
  return text.split(/[:,]/, 1)[0]!;
}

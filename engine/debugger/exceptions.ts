import { findingsOf, refusalOf, type StepResult } from "../language/index.js";
import { FAULTS, type FaultName, faultMatches, type Outcome } from "../simulator/index.js";
import type { Done, Stop, StopAtResult } from "./stops.js";

/** What a run can be told to stop at, however it was written. */
export const EXCEPTION_FILTERS = [
  {
    filter: "fault",
    label: "DMA faults",
    description: "Stops when the IOMMU or the device answers a request with a fault.",
    condition: "a fault name or a hex code, as in: no-pasid-entry, 0x59",
    byDefault: false,
  },
  {
    filter: "refused",
    label: "Refused calls",
    description: "Stops when a call ends with an errno.",
    condition: "an errno or a rule, as in: EBUSY, P028",
    byDefault: false,
  },
  {
    filter: "vm-exit",
    label: "VM exits and #GP",
    description: "Stops when ENQCMD or ENQCMDS is not executed.",
    condition: "72, 73 or #gp",
    byDefault: false,
  },
  {
    filter: "unexpected",
    label: "Outcomes that are not the stated ones",
    description:
      "Stops when a step fails: another outcome than after =>, or an assertion that does not hold.",
    condition: "a code of a finding, as in: U090",
    byDefault: true,
  },
  {
    filter: "isolation",
    label: "Isolation findings",
    description: "Stops when a DMA reaches a space that is not the registered one, or a stale translation.",
    condition: "wrong-space or stale-entry",
    byDefault: true,
  },
] as const;

export type ExceptionFilter = (typeof EXCEPTION_FILTERS)[number]["filter"];

/** An exception of a step: which filter sees it, and what a condition of that filter is compared with. */
export interface ExceptionFact {
  readonly filter: ExceptionFilter;
  /** Names that a condition may give: `no-pasid-entry`, `0x59`, `EBUSY`, `P028`, … */
  readonly names: readonly string[];
}

/** Everything exceptional about a step that has run, the weightiest first. */
export function exceptionsOf(result: StepResult): ExceptionFact[] {
  const facts: ExceptionFact[] = [];
  const { outcome, passed, diagnostics } = result;
  for (const each of outcome ? withResumed(outcome) : []) {
    for (const { kind } of findingsOf(each)) {
      if (kind === "wrong-space" || kind === "stale-entry")
        facts.push({ filter: "isolation", names: [kind] });
    }
  }
  if (!passed) {
    const names = [...new Set(diagnostics.map(({ code }) => code))];
    facts.push({ filter: "unexpected", names });
  }
  for (const each of outcome ? withResumed(outcome) : []) facts.push(...ofOutcome(each));
  return facts;
}

function ofOutcome(outcome: Outcome): ExceptionFact[] {
  switch (outcome.kind) {
    case "fault": {
      const { code } = outcome.fault;
      const groups = (Object.keys(FAULTS) as FaultName[]).filter((name) => faultMatches(outcome.fault, name));
      const hex = code === undefined ? [] : [`0x${code.toString(16)}`];
      return [{ filter: "fault", names: [...groups, ...hex] }];
    }
    case "refused":
    case "portal-refused": {
      const refusal = refusalOf(outcome);
      return [{ filter: "refused", names: refusal ? [refusal.errno, refusal.rule] : ["refused"] }];
    }
    case "vm-exit":
      return [{ filter: "vm-exit", names: [String(outcome.reason), "vm-exit"] }];
    case "gp":
      return [{ filter: "vm-exit", names: ["#gp"] }];
    default:
      return [];
  }
}

function withResumed(outcome: Outcome): Outcome[] {
  return outcome.kind === "responded" ? [outcome, ...outcome.resumed.flatMap(withResumed)] : [outcome];
}

/** Stops at one kind of exception, or at those of its kind that a condition names. */
export class ExceptionStop implements StopAtResult {
  readonly comparesStates = false;
  private readonly wanted: readonly string[];

  /** @param condition names with blanks or commas between them; empty for all */
  constructor(
    private readonly filter: ExceptionFilter,
    condition: string,
    private readonly describe: (done: Done) => string,
  ) {
    this.wanted = condition
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((word) => word !== "");
  }

  check(done: Done): Stop | undefined {
    const found = exceptionsOf(done.result).some(
      ({ filter, names }) =>
        filter === this.filter &&
        (this.wanted.length === 0 || names.some((name) => this.wanted.includes(name.toLowerCase()))),
    );
    return found ? { reason: "exception", text: this.describe(done), breakpoints: [] } : undefined;
  }
}

/** Stops at every step of which there is something to say that its author has not said, whatever kind it is. */
export class FindingStop implements StopAtResult {
  readonly comparesStates = false;

  check({ result: { diagnostics } }: Done): Stop | undefined {
    const found = diagnostics.find(({ severity }) => severity === "error" || severity === "warning");
    return found && { reason: "exception", text: `${found.code}: ${found.message}`, breakpoints: [] };
  }
}

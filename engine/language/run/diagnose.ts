import { lengthOf, toHex } from "../../address/index.js";
import type {
  Endpoint,
  Finding,
  Machine,
  Outcome,
  Refusal,
  Related,
  Stage,
  Witness,
} from "../../simulator/index.js";
import type { Diagnostic, Severity } from "../diagnostic.js";
import { diagnosticOf, lowered } from "../names/reporter.js";
import type { Program, Span, Step } from "../program.js";
import { type AssertionFailed, type OutcomeDiffers, RULES } from "../rules/index.js";
import { assertionPlaces } from "./assertion-places.js";
import type { AssertionResult } from "./result.js";
import {
  assertionText,
  endpointText,
  expectationText,
  groupedHex,
  outcomeText,
  reasonText,
} from "./words.js";

type Places = Diagnostic["related"];

/** Turns what happened to a step into something that a person can read on its line. */
export class Diagnoser {
  private spaces: ReadonlyMap<number, string> | undefined;

  constructor(private readonly program: Program) {}

  /**
   * A call that was refused.
   * @param cause the earlier refusal that this one follows from
   * @param more places that the call itself does not name
   */
  ofRefusal(
    step: Step,
    refusal: Refusal,
    severity?: Severity,
    cause?: number,
    more: readonly Related[] = [],
  ): Diagnostic {
    const known = new Set(refusal.related.map(({ origin }) => origin));
    const others = more.filter(({ origin }) => !known.has(origin));
    const related = this.places([...refusal.related, ...others]);
    if (cause !== undefined) {
      const span = this.program.origins[cause];
      if (span) related.unshift({ span, message: "this follows from the refusal of this statement" });
    }
    const facts = refusal.rule === "U014" ? this.named(step, refusal) : refusal.arguments;
    const found = diagnosticOf(refusal.rule, facts, this.placeOf(step), related, severity);
    const answers = RULES.get(found.code)?.errno?.includes(refusal.errno) === true;
    const said = answers ? { ...found, errno: refusal.errno } : found;
    return severity === "hint" || severity === "information" ? lowered(said, severity) : said;
  }

  /**
   * An outcome that is not the stated one, and that no rule explains better.
   * @param decided the stage of the walk that made it what it is
   */
  ofMismatch(step: Step, outcome: Outcome, decided: Stage | undefined): Diagnostic {
    const { platform } = this.program;
    const facts: OutcomeDiffers = {
      expected: expectationText(platform, step.expectation),
      actual: outcomeText(platform, outcome, step.expectation),
      reason: reasonText(outcome) + lengthText(step, outcome),
      stated: step.expectation !== undefined,
    };
    return diagnosticOf("U090", facts, step.expectation?.span ?? this.placeOf(step), [
      ...this.refusalPlaces(outcome),
      ...(decided ? this.place(decided.origin, decided.text) : []),
    ]);
  }

  /** Something seen while the step ran, whatever its outcome. `stated` when the outcome met a written `=>`. */
  ofFinding(step: Step, finding: Finding, stated: boolean): Diagnostic {
    switch (finding.kind) {
      case "wrong-space": {
        const { device, pasid, reached, registered } = finding;
        const allowed = step.kind === "operation" && (step.operation.allow?.size ?? 0) > 0;
        const related = this.place(finding.origin, `this statement leads to "${reached}"`);
        const facts = { device, pasid, reached, registered };
        const said = diagnosticOf("U092", facts, this.placeOf(step), related);
        return stated ? lowered(said, "hint") : allowed ? lowered(said, "information") : said;
      }
      case "stale-entry": {
        const { device, pasid, space, table } = finding;
        const related = [
          ...this.place(finding.changed, "this is what stands there now, and nothing was invalidated for it"),
          ...this.place(finding.origin, "the cached translation came from this statement"),
        ];
        const said = diagnosticOf("U093", { device, pasid, space, table }, this.placeOf(step), related);
        return stated ? lowered(said, "information") : said;
      }
      case "allowed":
        return this.ofRefusal(step, finding.refusal, "information");
      case "note":
        return this.ofRefusal(step, finding.refusal, "warning");
    }
  }

  /** An assertion that does not hold, with the counterexample. */
  ofAssertion(
    step: Extract<Step, { kind: "assertion" }>,
    found: AssertionResult,
    machine: Machine,
  ): Diagnostic {
    const { assertion } = step;
    const related: { span: Span; message: string }[] = [];
    const facts: AssertionFailed = {
      assertion: assertionText(this.program.platform, assertion),
      ...this.foundInstead(found),
    };
    if (found.kind === "isolated" && !found.result.isolated && assertion.kind === "isolated") {
      this.witnessPlaces(related, found.result.a, assertion.a);
      this.witnessPlaces(related, found.result.b, assertion.b);
    }
    for (const { origin, message } of assertionPlaces(machine, assertion)) {
      related.push(...this.place(origin, message));
    }
    return diagnosticOf("U091", facts, this.placeOf(step), related);
  }

  /** What an assertion says, and what holds instead of it. */
  private foundInstead(found: AssertionResult): Pick<AssertionFailed, "expected" | "actual"> {
    if (found.kind === "value") return found;
    if (found.kind === "isolated" && !found.result.isolated) {
      const { shared, a, b } = found.result;
      const range = `host-physical ${toHex(shared.start)}..${toHex(shared.last)}`;
      const actual = `both reach ${range}: ${this.witness(a)}, and ${this.witness(b)}`;
      return { expected: "no memory in common", actual };
    }
    const missing = found.kind === "reaches" && !found.result.reached ? found.result.missing : undefined;
    const actual = missing
      ? `host-physical ${toHex(missing.start)}..${toHex(missing.last)} cannot be reached`
      : "nothing else";
    return { expected: "every address of it", actual };
  }

  private witness({ device, pasid, address, physical, cached }: Witness): string {
    const name = this.program.platform.devices[device]!.name;
    const tag = pasid === undefined ? "without PASID" : `with PASID ${pasid}`;
    const how = cached ? " by a live IOTLB entry" : "";
    return `${name} ${tag} at ${toHex(address)} gets to ${toHex(physical)}${how}`;
  }

  private witnessPlaces(
    related: { span: Span; message: string }[],
    witness: Witness,
    endpoint: Endpoint,
  ): void {
    const side = endpointText(this.program.platform, endpoint);
    for (const origin of witness.origins) {
      related.push(...this.place(origin, `this statement is part of the way of ${side}`));
    }
  }

  /** The machine knows no names of spaces that are not there; the program does. */
  private named(step: Step, { arguments: facts }: Extract<Refusal, { rule: "U014" }>): typeof facts {
    const operation = step.kind === "operation" ? step.operation : undefined;
    this.spaces ??= spaceNames(this.program);
    if (operation?.kind === "ioasid") {
      const parent = this.spaces.get(operation.parent ?? -1);
      return parent === undefined
        ? facts
        : { ...facts, space: `${parent} (the parent of ${operation.name})` };
    }
    const number =
      operation && "space" in operation && operation.kind !== "entry" ? operation.space : undefined;
    const name = number === undefined ? undefined : this.spaces.get(number);
    return name === undefined ? facts : { ...facts, space: name };
  }

  private refusalPlaces(outcome: Outcome): Places {
    return "refusal" in outcome && outcome.refusal ? this.places(outcome.refusal.related) : [];
  }

  private places(related: readonly Related[]): { span: Span; message: string }[] {
    return related.flatMap(({ origin, note }) => this.place(origin, note));
  }

  private place(origin: number | undefined, message: string): { span: Span; message: string }[] {
    const span = origin === undefined ? undefined : this.program.origins[origin];
    return span ? [{ span, message }] : [];
  }

  /** The statement without its `=> …` and without the body of a block. */
  private placeOf(step: Step): Span {
    return this.program.origins[step.origin] ?? step.span;
  }
}

/** How much a request covers, where a length was stated: the outcome's own words have none. */
function lengthText({ expectation, ...step }: Step, outcome: Outcome): string {
  const stated = expectation?.outcome.kind === "memory" && expectation.outcome.length !== undefined;
  if (!stated || outcome.kind !== "reached" || step.kind !== "operation") return "";
  const length = step.operation.kind === "dma" ? lengthOf(step.operation.range) : undefined;
  if (!length) return "";
  return ` The request covers ${groupedHex(length)} bytes${outcome.contiguous ? "" : ", which do not lie in one piece"}.`;
}

/** The outcome and all those of the requests that it resumed. */
export function findingsOf(outcome: Outcome): readonly Finding[] {
  if (outcome.kind !== "responded") return outcome.findings;
  return [...outcome.findings, ...outcome.resumed.flatMap(findingsOf)];
}

/** The names of all spaces that some statement allocates, by their numbers. */
function spaceNames({ start, scenarios }: Program): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const steps of [start, ...scenarios.map((scenario) => scenario.steps)]) {
    for (const step of steps) {
      if (step.kind !== "operation" || !("name" in step.operation)) continue;
      names.set(step.operation.space, step.operation.name);
    }
  }
  return names;
}

import type { Assertion, Program, RunResult, Span, Step, StepResult } from "../language/index.js";
import { statementText } from "../report/index.js";
import type { Endpoint, Operation, Origin } from "../simulator/index.js";
import { EntriesInForce, known } from "./entries-in-force.js";

/** A statement, and how many requests and assertions of a run used what it made. */
export interface Used {
  readonly span: Span;
  readonly count: number;
}

/** What a run used of the entries that the statements make. */
export interface Coverage {
  /** Mappings, attachments, entries of a guest's tables, and KVM mappings. */
  readonly entries: readonly Used[];
  /** Spaces, such as `vm0.gva`, and attachments. */
  readonly declarations: readonly (Used & { readonly name: string })[];
}

/** The statements whose entries a request can go through. */
const MAKING: ReadonlySet<Operation["kind"]> = new Set(["map", "pte", "entry", "attach", "sva", "kvm-map"]);

/**
 * Which mappings, attachments and KVM entries the requests of a run went through, and which ones its
 * assertions looked at: an assertion about reach uses everything that its owners have made.
 * @param result of a run with `record`, since the stages of the walks tell most of it
 */
export function coverageOf(result: RunResult): Coverage {
  const uses = new Uses();
  const start = new EntriesInForce(result.program.platform.processes);
  uses.follow(start, result.start);
  for (const { steps } of result.scenarios) uses.follow(start.copy(), steps);
  uses.rest(result.touched);
  return uses.coverage(result.program);
}

type Making = Extract<Operation, { kind: "map" | "pte" | "entry" | "attach" | "sva" | "kvm-map" }>;

class Uses {
  private readonly counts = new Map<Origin, number>();
  private readonly spaceCounts = new Map<number, number>();
  private readonly made = new Map<Origin, { readonly step: Step; readonly operation: Making }>();
  private readonly spaces = new Map<
    number,
    { readonly span: Span; readonly owner: number; readonly name: string }
  >();

  follow(entries: EntriesInForce, steps: readonly StepResult[]): void {
    for (const result of steps) {
      this.note(entries, result);
      entries.note(result);
    }
  }

  /**
   * The stages of a long transfer are those of its first page; the mappings that the rest of it met count
   * once. `touched` is generous: it names default spaces too, so it counts only in spaces that were used.
   */
  rest(touched: Iterable<Origin>): void {
    for (const origin of touched) {
      const space = spaceOf(this.made.get(origin)?.operation);
      if (space !== undefined && this.spaceCounts.has(space) && !this.counts.has(origin)) {
        this.counts.set(origin, 1);
      }
    }
  }

  coverage(program: Program): Coverage {
    const made = [...this.made.values()].map(({ step, operation }) => ({
      span: step.span,
      count: this.counts.get(step.origin) ?? 0,
      attachment: operation.kind === "attach" ? statementText(program, step) : undefined,
    }));
    const spaces = [...this.spaces].map(([number, { span, owner, name }]) => ({
      span,
      name: `${program.platform.owners[owner]?.name}.${name}`,
      count: this.spaceCounts.get(number) ?? 0,
    }));
    const attachments = made.flatMap(({ span, count, attachment: name }) =>
      name === undefined ? [] : [{ span, count, name }],
    );
    return {
      entries: made.map(({ span, count }) => ({ span, count })),
      declarations: [...spaces, ...attachments],
    };
  }

  private note(entries: EntriesInForce, { step, outcome }: StepResult): void {
    if (step.kind === "assertion") {
      this.use(this.lookedAt(entries, step.assertion));
      return;
    }
    const { operation } = step;
    if (outcome?.kind === "ok") this.keep(step, operation);
    const through = new Set<Origin>(entries.through(operation));
    for (const { origin } of outcome?.stages ?? []) if (origin !== undefined) through.add(origin);
    this.use(through);
  }

  private lookedAt(entries: EntriesInForce, assertion: Assertion): Iterable<Origin> {
    switch (assertion.kind) {
      case "isolated":
        return this.ofOwners(entries, [assertion.a, assertion.b]);
      case "reaches":
        return this.ofOwners(entries, [assertion.from]);
      case "ppasid":
        return known(entries.attachment(assertion.device, assertion.pasid));
      case "kvm":
        return known(entries.kvmSlot(assertion.owner, assertion.pasid));
      case "reports":
        return [];
    }
  }

  private keep(step: Step, operation: Operation): void {
    if (operation.kind === "ioasid" || operation.kind === "ioas" || operation.kind === "hwpt") {
      const { space, owner, name } = operation;
      this.spaces.set(space, { span: step.span, owner, name });
    } else if (isMaking(operation)) {
      this.made.set(step.origin, { step, operation });
    }
  }

  /** One request or assertion, whatever number of entries it went through. */
  private use(origins: Iterable<Origin>): void {
    const spaces = new Set<number>();
    for (const origin of origins) {
      this.counts.set(origin, (this.counts.get(origin) ?? 0) + 1);
      const space = spaceOf(this.made.get(origin)?.operation);
      if (space !== undefined) spaces.add(space);
    }
    for (const space of spaces) this.spaceCounts.set(space, (this.spaceCounts.get(space) ?? 0) + 1);
  }

  private ofOwners(entries: EntriesInForce, sides: readonly Endpoint[]): Set<Origin> {
    const owners = new Set(
      sides.flatMap((side) => (side.kind === "owner" ? [side.owner] : entries.ownersOf(side.device))),
    );
    return new Set(
      [...this.made].flatMap(([origin, { operation }]) => (owners.has(operation.owner) ? [origin] : [])),
    );
  }
}

function isMaking(operation: Operation): operation is Operation & Making {
  if (operation.kind === "pte" && operation.target === undefined) return false;
  if (operation.kind === "entry" && operation.space === undefined) return false;
  return MAKING.has(operation.kind);
}

function spaceOf(operation: Making | undefined): number | undefined {
  return operation && "space" in operation ? operation.space : undefined;
}

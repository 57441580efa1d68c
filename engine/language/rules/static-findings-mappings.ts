import { type Address, add, intersection, type Range, subtract } from "../../address/index.js";
import type { Endpoint, Machine, Operation, Origin } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Program, Step } from "../program.js";
import { findingOf, findingsBy } from "./finding.js";
import { rule as U095 } from "./U095-mapping-unused.js";

/**
 * Which mappings the requests of a run touch, to tell at its end the ones that none did (U095). It cries no
 * wolf: only mappings of the start state count, in spaces with devices, of which some other mapping is used;
 * a request counts whatever came of it, and an assertion about reach uses everything of its owners.
 */
export class MappingUse {
  /** Statements whose mappings some request met. */
  readonly touched = new Set<Origin>();
  private readonly touchedSpaces = new Set<number>();
  private readonly proven = new Set<number>();

  constructor(private readonly program: Program) {}

  /** Notes what a step touches. @param machine in which it ran */
  note(machine: Machine, step: Step): void {
    if (step.kind === "assertion") {
      const { assertion } = step;
      const sides =
        assertion.kind === "isolated"
          ? [assertion.a, assertion.b]
          : assertion.kind === "reaches"
            ? [assertion.from]
            : [];
      for (const side of sides) for (const owner of ownersOf(machine, side)) this.proven.add(owner);
      return;
    }
    const { operation } = step;
    if (operation.kind === "dma") this.request(machine, operation.device, operation.pasid, operation.range);
    if (operation.kind === "enqcmd" || operation.kind === "enqcmds") {
      const range = { start: operation.address, last: operation.address };
      this.request(machine, operation.device, pasidOf(machine, operation), range);
    }
  }

  /** @param machine after the start state */
  findings(machine: Machine): readonly Diagnostic[] {
    return findingsBy(U095.id, this.program.file, () => this.unused(machine));
  }

  private *unused(machine: Machine): Iterable<Diagnostic> {
    const { origins, platform, file } = this.program;
    const told = new Set<Origin>();
    for (const [number, space] of machine.spaces.entries()) {
      if (!this.touchedSpaces.has(number) || space.users.size === 0 || this.proven.has(space.owner)) continue;
      for (const mapping of space.ranges.entries()) {
        const span = origins[mapping.origin];
        if (this.touched.has(mapping.origin) || told.has(mapping.origin) || span?.file !== file) continue;
        told.add(mapping.origin);
        const owner = platform.owners[space.owner]!.name;
        yield findingOf(U095, { space: space.name, owner }, span);
      }
    }
  }

  private request(machine: Machine, device: number, pasid: number | undefined, range: Range): void {
    const state = machine.device(device);
    const attached = pasid === undefined ? undefined : state.attachments.get(pasid)?.space;
    if (attached !== undefined) this.touch(machine, attached, range);
    for (const { space } of state.defaults) this.touch(machine, space, range);
    const wire = machine.device(machine.platform.devices[device]!.wire);
    const table = wire.guestTable === undefined ? undefined : machine.spaces.get(wire.guestTable);
    const entry = table?.entries.get(pasid ?? 0)?.space;
    if (entry !== undefined) this.touch(machine, entry, range);
  }

  /** The mappings that a range of a space meets, and those of its parents that these lead to. */
  private touch(machine: Machine, number: number, range: Range): void {
    const space = machine.spaces.get(number);
    if (!space) return;
    const at = space.table?.at;
    if (at && space.parent >= 0) this.touch(machine, space.parent, { start: at, last: at });
    for (const mapping of space.ranges.entries(range)) {
      this.touched.add(mapping.origin);
      this.touchedSpaces.add(number);
      const part = space.parent >= 0 ? intersection(mapping, range) : undefined;
      const behind = part && outputOf(part, mapping.start, mapping.target);
      if (behind) this.touch(machine, space.parent, behind);
    }
  }
}

function outputOf(part: Range, from: Address, to: Address): Range | undefined {
  const start = add(to, subtract(part.start, from));
  const last = add(to, subtract(part.last, from));
  return start && last && { start, last };
}

function pasidOf(
  machine: Machine,
  operation: Extract<Operation, { kind: "enqcmd" | "enqcmds" }>,
): number | undefined {
  return operation.kind === "enqcmds" ? operation.pasid : machine.processPasids.get(operation.process);
}

function ownersOf(machine: Machine, side: Endpoint): number[] {
  return side.kind === "owner" ? [side.owner] : machine.device(side.device).bound.map(({ owner }) => owner);
}

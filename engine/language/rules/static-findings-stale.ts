import { emptyLeaf, toHex } from "../../address/index.js";
import type { Machine, Origin } from "../../simulator/index.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Program, Scenario } from "../program.js";
import { findingOf, findingsBy } from "./finding.js";
import { rule as U099 } from "./U099-stale-at-end.js";

/** A cached translation that the tables of its space no longer give. */
interface Stale {
  readonly space: number;
  /** Frame that the device would ask for. */
  readonly page: number;
  readonly device: number;
  /** The statement that the cached translation came from. */
  readonly origin: Origin;
}

/**
 * Translations that the IOTLB still holds at the end of a scenario although a guest has changed its table
 * (U099), told once for each space, at the last change of the place.
 * @param told spaces of which a request was answered so, with their owners in front: that is said on its line already (U093)
 */
export function staleFindings(
  machine: Machine,
  program: Program,
  scenario: Scenario,
  told: ReadonlySet<string>,
): readonly Diagnostic[] {
  return findingsBy(U099.id, program.file, () => find(machine, program, scenario, told));
}

function* find(
  machine: Machine,
  program: Program,
  { steps }: Scenario,
  told: ReadonlySet<string>,
): Iterable<Diagnostic> {
  const seen = new Set<number>();
  for (const { space, page, device, origin } of staleEntries(machine)) {
    const { name, owner } = machine.spaces.get(space)!;
    if (seen.has(space) || told.has(`${program.platform.owners[owner]!.name}.${name}`)) continue;
    const change = steps.findLast(
      ({ kind, ...step }) =>
        kind === "operation" &&
        "operation" in step &&
        step.operation.kind === "pte" &&
        step.operation.space === space &&
        step.operation.range.start.page <= page &&
        page <= step.operation.range.last.page,
    );
    if (!change) continue;
    seen.add(space);
    const facts = {
      space: name,
      device: program.platform.devices[device]!.name,
      address: toHex({ page, offset: 0 }),
    };
    const message = "The cached translation came from this statement.";
    const related = program.origins[origin] ? [{ span: program.origins[origin], message }] : [];
    yield findingOf(U099, facts, program.origins[change.origin]!, related);
  }
}

/** One pass over what is cached, in whole runs of the tables. */
function* staleEntries(machine: Machine): Iterable<Stale> {
  for (const [device] of machine.cachingRids.entries()) {
    for (const [, stream] of machine.device(device).streams.entries()) {
      const space = machine.spaces.get(stream.space);
      if (!stream.cached || space?.kind !== "page-table") continue;
      const found: Stale[] = [];
      stream.iotlb.forEach((page, frames, target, access, origin) => {
        const stale = firstStale(machine, space.number, { page, frames, target, access });
        if (stale !== undefined) found.push({ space: space.number, page: stale, device, origin });
      });
      yield* found;
    }
  }
}

/** The first frame of a cached run that the guest's table and its parent now give otherwise, or not at all. */
function firstStale(
  machine: Machine,
  number: number,
  cached: {
    readonly page: number;
    readonly frames: number;
    readonly target: number;
    readonly access: number;
  },
): number | undefined {
  const space = machine.spaces.get(number)!;
  const parent = machine.spaces.get(space.parent);
  const first = emptyLeaf();
  const second = emptyLeaf();
  for (let done = 0; done < cached.frames; ) {
    const page = cached.page + done;
    if (!space.pages.lookup(page, first) || !parent?.pages.lookup(first.target, second)) return page;
    if (second.target !== cached.target + done || (cached.access & ~first.access) !== 0) return page;
    done += Math.max(1, Math.min(space.pages.runLeft(page), parent.pages.runLeft(first.target)));
  }
  return undefined;
}

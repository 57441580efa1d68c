import {
  type Address,
  add,
  compare,
  fromBytes,
  PAGE_SIZE,
  type Range,
  subtract,
  toBytes,
} from "../../address/index.js";
import { apply, type Machine, type Operation, type Outcome, WRITE } from "../../simulator/index.js";
import type { Timeline } from "../timeline.js";

/** Bytes that were written at some moment, or one byte that fills a range. */
interface Written {
  /** Twice the number of steps that had run, and one more for what a step itself wrote. */
  readonly moment: number;
  readonly range: Range;
  readonly bytes: Uint8Array | number;
}

/** A DMA as its device asked for it. */
interface Request {
  readonly device: number;
  readonly pasid?: number | undefined;
  readonly range: Range;
  readonly access: number;
  readonly priv: boolean;
}

/**
 * What host-physical memory holds at each moment of a scenario. The simulator follows addresses and no data,
 * so that a byte tells who wrote it last: 0 for nobody, else the number of the statement in the scenario,
 * which begins at 1 again after 254; 255 is the start state. What a person writes stands as it was written.
 */
export class Contents {
  private written: Written[] = [];
  /** Steps whose writes are known. */
  private known = 0;

  constructor(private readonly timeline: Timeline) {}

  /** The bytes of a range as they are when so many steps have run. @param length up to what an array holds */
  read(stepsRun: number, start: Address, length: number): Uint8Array<ArrayBuffer> {
    this.learn(stepsRun);
    const bytes = new Uint8Array(length);
    for (const { moment, range, bytes: fill } of this.written) {
      if (moment > 2 * stepsRun) break;
      const from = compare(range.start, start) <= 0 ? 0 : distance(range.start, start);
      const skipped = compare(range.start, start) < 0 ? distance(start, range.start) : 0;
      if (compare(range.last, start) < 0 || from >= length) continue;
      const to = Math.min(length, distance(range.last, start) + 1);
      if (typeof fill === "number") bytes.fill(fill, from, to);
      else bytes.set(fill.subarray(skipped, skipped + to - from), from);
    }
    return bytes;
  }

  /** A person writes bytes when so many steps have run; before that moment they are not there. */
  write(stepsRun: number, start: Address, bytes: Uint8Array): void {
    this.learn(stepsRun);
    const last = add(start, fromBytes(bytes.length - 1))!;
    const written: Written = { moment: 2 * stepsRun, range: { start, last }, bytes };
    const after = this.written.findIndex(({ moment }) => moment > written.moment);
    this.written.splice(after < 0 ? this.written.length : after, 0, written);
  }

  /** A step was put in: what was known of it and of the steps after it counts no more. */
  inserted(index: number): void {
    this.known = Math.min(this.known, index);
    this.written = this.written
      .filter(({ moment }) => moment % 2 === 0 || moment < 2 * index)
      .map((each) => (each.moment > 2 * index ? { ...each, moment: each.moment + 2 } : each));
  }

  private learn(stepsRun: number): void {
    if (stepsRun <= this.known) return;
    const { timeline, known } = this;
    let waiting = this.waiting(known, timeline.before(known).machine);
    timeline.scan(known, stepsRun, (index, { step, outcome }, { machine }) => {
      if (step.kind === "operation" && outcome) {
        for (const [request, each] of requestsOf(step.operation, outcome, waiting)) {
          if (request.access & WRITE) this.note(index, request, each, machine);
        }
      }
      waiting = this.waiting(index + 1, machine);
      return false;
    });
    this.known = stepsRun;
    this.written.sort((a, b) => a.moment - b.moment);
  }

  /** The requests that the step before which the machine stands will resume. */
  private waiting(index: number, machine: Machine): readonly Request[] {
    const step = this.timeline.steps[index];
    if (step?.kind !== "operation" || step.operation.kind !== "respond") return [];
    const { space, address, device, pasid } = step.operation;
    return (machine.spaces.get(space)?.pending ?? []).filter(
      (each) =>
        each.fault.address.page === address.page &&
        (device === undefined || device === each.device) &&
        (pasid === undefined || pasid === each.pasid),
    );
  }

  private note(index: number, request: Request, outcome: Outcome, machine: Machine): void {
    if (outcome.kind !== "reached") return;
    const number = index - this.timeline.first;
    const mark = { moment: 2 * index + 1, bytes: number < 0 ? 0xff : (number % 0xfe) + 1 };
    for (const range of outcome.contiguous ? [request.range] : pagesOf(request.range)) {
      // What was just translated is in the IOTLB, so that each page goes where it went in the transfer.
      const physical = outcome.contiguous ? outcome.physical : reachedBy(machine, { ...request, range });
      const last = add(physical, subtract(range.last, range.start))!;
      this.written.push({ ...mark, range: { start: physical, last } });
    }
  }
}

function reachedBy(machine: Machine, { device, pasid, range, access, priv }: Request): Address {
  const dma = { kind: "dma", origin: -1, device, range, access, priv } as const;
  const outcome = apply(machine.fork(), pasid === undefined ? dma : { ...dma, pasid });
  return (outcome as Extract<Outcome, { kind: "reached" }>).physical;
}

/** Each request that an operation made, with what came of it. */
function requestsOf(
  operation: Operation,
  outcome: Outcome,
  waiting: readonly Request[],
): (readonly [Request, Outcome])[] {
  if (outcome.kind === "responded") return outcome.resumed.map((each, at) => [waiting[at]!, each] as const);
  if (operation.kind === "dma") return [[operation, outcome]];
  if (operation.kind !== "enqcmd" && operation.kind !== "enqcmds") return [];
  const { device, access, address } = operation;
  return [[{ device, access, range: { start: address, last: address }, priv: false }, outcome]];
}

/** Pages of a transfer that lie apart and are marked one by one: 256 MiB. */
const PAGES = 2 ** 16;

function pagesOf({ start, last }: Range): Range[] {
  const pages: Range[] = [];
  for (let { page } = start; page <= last.page && pages.length < PAGES; page += 1) {
    pages.push({
      start: page === start.page ? start : { page, offset: 0 },
      last: page === last.page ? last : { page, offset: PAGE_SIZE - 1 },
    });
  }
  return pages;
}

/** Bytes from `b` to `a`, which is not before it. */
function distance(a: Address, b: Address): number {
  return toBytes(subtract(a, b));
}

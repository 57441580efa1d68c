import type { StepResult } from "../language/index.js";
import { after, before, inside, type Position } from "./position.js";
import { type Coming, type Done, type InsideStop, type Stop, type Stops, stop } from "./stops.js";
import type { Snapshot, Timeline } from "./timeline.js";

/** Tells a thread that a run has come to its end, and gives the stop back. */
type Arrive = (position: Position, because: Stop) => Stop;

/** Steps of a slice, after which a run can be paused. */
const SLICE = 256;

/** A run that can be looked at between its slices. */
export interface Run {
  /** How far it has come, 0 to 1. */
  readonly share: number;
  /** Runs one slice. @returns the stop, or `undefined` while it goes on */
  advance(): Stop | undefined;
  /** Stands still where it is. */
  pause(): Stop;
}

/** A run to the next stop, or to the end. */
export class ForwardRun implements Run {
  private index: number;
  private isFirst = true;

  constructor(
    private readonly timeline: Timeline,
    private readonly from: Position,
    private readonly stops: Stops,
    private readonly arrive: Arrive,
  ) {
    this.index = from.at === "after" ? from.step + 1 : from.step;
  }

  get share(): number {
    return this.index / Math.max(1, this.timeline.length);
  }

  advance(): Stop | undefined {
    const { timeline, stops, from } = this;
    const to = Math.min(timeline.length, this.index + SLICE);
    const isOver = this.isFirst ? this.index : -1;
    const first = this.stopBefore(this.index, isOver);
    if (first) return first;
    let previous = timeline.before(this.index);
    let stopped: Stop | undefined;
    timeline.scan(this.index, to, (index, result, now) => {
      const start = index === isOver && typeof from.at === "number" ? from.at + 1 : 0;
      stopped =
        this.stopInside(index, start) ??
        this.stopAfter(
          index,
          afterStep(stops, { timeline, index, backward: false, result, after: now }, previous),
        );
      previous = compares(stops) ? copy(now) : now;
      this.index = index + 1;
      if (!stopped && this.index < to) stopped = this.stopBefore(this.index, isOver);
      return stopped !== undefined;
    });
    this.isFirst = false;
    if (stopped) return stopped;
    if (this.index >= timeline.length) return this.arrive(before(timeline.length), stop("end"));
    return undefined;
  }

  pause(): Stop {
    return this.arrive(before(this.index), stop("pause"));
  }

  private stopBefore(index: number, isOver: number): Stop | undefined {
    if (index === isOver || index >= this.timeline.length) return undefined;
    const { timeline } = this;
    const coming: Coming = { timeline, index, backward: false, snapshot: () => timeline.before(index) };
    const found = firstOf(this.stops.before, (each) => each.check(coming));
    return found && this.arrive(before(index), found);
  }

  private stopInside(index: number, start: number): Stop | undefined {
    if (this.stops.inside.length === 0) return undefined;
    const found = firstInside(this.stops, this.timeline.result(index), start);
    return found && this.arrive(inside(index, found.stage), found.stop);
  }

  private stopAfter(index: number, found: Stop | undefined): Stop | undefined {
    return found && this.arrive(after(index), found);
  }
}

/** A run back to the stop before: slices are replayed forward, and searched from their end. */
export class BackwardRun implements Run {
  private end: number;
  private readonly limit: number;
  private readonly whole: number;

  constructor(
    private readonly timeline: Timeline,
    private readonly from: Position,
    private readonly stops: Stops,
    private readonly arrive: Arrive,
  ) {
    this.end = from.at === "before" ? from.step : from.step + 1;
    this.limit = this.end > timeline.first ? timeline.first : 0;
    this.whole = Math.max(1, this.end - this.limit);
  }

  get share(): number {
    return 1 - (this.end - this.limit) / this.whole;
  }

  advance(): Stop | undefined {
    const { end, limit } = this;
    const begin = Math.max(limit, this.timeline.replayFrom(Math.max(0, end - SLICE)));
    const found = end > limit ? this.lastStop(begin, end) : undefined;
    if (found) return this.arrive(found.position, found.stop);
    this.end = Math.max(begin, limit);
    if (begin > limit) return undefined;
    const isStart = limit === 0;
    const reason = isStart ? stop("start", "There is nothing before the first statement.") : stop("entry");
    return this.arrive(before(limit), reason);
  }

  pause(): Stop {
    return this.arrive(before(this.end), stop("pause"));
  }

  private lastStop(begin: number, end: number): { position: Position; stop: Stop } | undefined {
    let found: { position: Position; stop: Stop } | undefined;
    const { timeline, stops, from } = this;
    let previous = timeline.before(begin);
    timeline.scan(begin, end, (index, result, now) => {
      const coming: Coming = { timeline, index, backward: true, snapshot: () => timeline.before(index) };
      const stopBefore = firstOf(stops.before, (each) => each.check(coming));
      if (stopBefore) found = { position: before(index), stop: stopBefore };
      found = this.lastInside(index) ?? found;
      const done = { timeline, index, backward: true, result, after: now };
      const stopAfter = index === from.step ? undefined : afterStep(stops, done, previous);
      if (stopAfter) found = { position: after(index), stop: stopAfter };
      previous = compares(stops) ? copy(now) : now;
      return false;
    });
    return found;
  }

  /** The last stage of a step at which something stops, and of the step that it begins in, before its stage. */
  private lastInside(index: number): { position: Position; stop: Stop } | undefined {
    if (this.stops.inside.length === 0) return undefined;
    const { timeline, from } = this;
    const limit = index === from.step && typeof from.at === "number" ? from.at : Number.POSITIVE_INFINITY;
    const result = timeline.result(index);
    let found: { position: Position; stop: Stop } | undefined;
    let next = firstInside(this.stops, result, 0);
    while (next && next.stage < limit) {
      found = { position: inside(index, next.stage), stop: next.stop };
      next = firstInside(this.stops, result, next.stage + 1);
    }
    return found;
  }
}

/** The first stage from one on at which anything stops. */
function firstInside({ inside: all }: Stops, result: StepResult, from: number): InsideStop | undefined {
  let first: InsideStop | undefined;
  for (const each of all) {
    const found = each.check(result, from);
    if (found && (!first || found.stage < first.stage)) first = found;
  }
  return first;
}

function afterStep(stops: Stops, done: Done, before: Snapshot): Stop | undefined {
  return firstOf(stops.after, (each) =>
    each.comparesStates ? each.check({ ...done, before }) : each.check(done),
  );
}

function compares({ after: watchers }: Stops): boolean {
  return watchers.some(({ comparesStates }) => comparesStates);
}

function copy({ machine, causes }: Snapshot): Snapshot {
  return { machine: machine.fork(), causes };
}

function firstOf<T, R>(list: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of list) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

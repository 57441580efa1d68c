import type { StepResult } from "../language/index.js";
import type { Machine, Stage } from "../simulator/index.js";
import { after, before, inside, type Position, stepsRun } from "./position.js";
import type { Coming, Done, Stop, StopReason, Stops } from "./stops.js";
import type { Snapshot, Timeline } from "./timeline.js";

/** Steps of one slice of a run back, which are replayed forward and searched from their end. */
const BACK_BLOCK = 256;

/** One scenario under the debugger: where it stands, and how it moves forward and back. */
export class Thread {
  private at: Position;
  /** What it stands still for. */
  private because: Stop = stop("entry");
  private isBackward = false;
  private furthest: number;

  constructor(
    readonly id: number,
    readonly timeline: Timeline,
  ) {
    this.at = before(timeline.first);
    this.furthest = timeline.first + 1;
  }

  /** The number of steps that it has been at so far, those of the start state too; it stays when it goes back. */
  get reached(): number {
    return Math.min(this.furthest, this.timeline.length);
  }

  get position(): Position {
    return this.at;
  }

  /** Why it stands still. */
  get stopped(): Stop {
    return this.because;
  }

  /** The last movement went back in time. */
  get inReverse(): boolean {
    return this.isBackward;
  }

  get isAtEnd(): boolean {
    return this.at.step >= this.timeline.length;
  }

  /** The machine at the position, to be read only: inside a walk nothing has changed yet. */
  get machine(): Machine {
    return this.timeline.before(Math.min(stepsRun(this.at), this.timeline.length)).machine;
  }

  /** What comes, or came, of the step at the position; `undefined` at the end. */
  get result(): StepResult | undefined {
    return this.isAtEnd ? undefined : this.timeline.result(this.at.step);
  }

  /** The stages of the walk of the step at the position; none where nothing is walked. */
  get stages(): readonly Stage[] {
    return this.result?.outcome?.stages ?? [];
  }

  /** To the next statement; inside a walk to its next stage. */
  next(): Stop {
    return typeof this.at.at === "number" ? this.stepIn() : this.leaveStep();
  }

  /** Into the hardware: to the first stage of the walk, or from one stage to the next. @param stage the one to go to */
  stepIn(stage?: number): Stop {
    const { step, at } = this.at;
    const { stages } = this;
    if (at === "after" || stages.length === 0) return this.leaveStep();
    const next = stage ?? (at === "before" ? 0 : at + 1);
    return this.moved(next < stages.length ? inside(step, next) : after(step), stop("step"));
  }

  /** Out of the walk, to where its statement has run; from a statement to the end of the scenario or a stop. */
  stepOut(stops: Stops): Stop {
    if (typeof this.at.at === "number") return this.moved(after(this.at.step), stop("step"));
    return this.forward(stops);
  }

  /** To the statement before; inside a walk to the stage before, and from its first one to the statement. */
  stepBack(): Stop {
    const { step, at } = this.at;
    if (typeof at === "number") {
      return this.moved(at > 0 ? inside(step, at - 1) : before(step), stop("step"), true);
    }
    if (at === "after") {
      const last = this.stages.length - 1;
      return this.moved(last >= 0 ? inside(step, last) : before(step), stop("step"), true);
    }
    if (step === 0)
      return this.moved(this.at, stop("start", "There is nothing before the first statement."), true);
    return this.moved(before(step - 1), stop("step"), true);
  }

  /** To before a step, wherever it lies. @param index 0 to the length of the timeline */
  travel(index: number, reason: StopReason = "goto"): Stop {
    const to = Math.max(0, Math.min(index, this.timeline.length));
    return this.moved(before(to), stop(reason), to < stepsRun(this.at));
  }

  /** Goes on until something stops it, or to the end. */
  forward(stops: Stops): Stop {
    let stopped: Stop | undefined;
    for (const run = this.run(stops); !stopped; ) stopped = run.advance(Number.POSITIVE_INFINITY);
    return stopped;
  }

  /** Goes back until something stops it: where it would have stopped on its way forward. */
  backward(stops: Stops): Stop {
    const from = this.at;
    const limit = from.step > this.timeline.first ? this.timeline.first : 0;
    for (let end = from.at === "after" ? from.step + 1 : from.step; end > limit; ) {
      const begin = Math.max(limit, end - BACK_BLOCK);
      const found = this.lastStop(stops, begin, end, from);
      if (found) return this.moved(found.position, found.stop, true);
      end = begin;
    }
    const reason =
      limit === 0 ? stop("start", "There is nothing before the first statement.") : stop("entry");
    return this.moved(before(limit), reason, true);
  }

  /** A run forward in slices, between which it can be paused. */
  run(stops: Stops): ForwardRun {
    return new ForwardRun(this.timeline, this.at, stops, (position, because) =>
      this.moved(position, because),
    );
  }

  private leaveStep(): Stop {
    const { step } = this.at;
    if (this.isAtEnd) return this.moved(this.at, stop("end"));
    const next = before(step + 1);
    return this.moved(next, stop(next.step >= this.timeline.length ? "end" : "step"));
  }

  private moved(position: Position, because: Stop, backward = false): Stop {
    this.at = position;
    this.furthest = Math.max(this.furthest, position.step + 1);
    this.because = because;
    this.isBackward = backward;
    return because;
  }

  private lastStop(
    stops: Stops,
    begin: number,
    end: number,
    from: Position,
  ): { position: Position; stop: Stop } | undefined {
    let found: { position: Position; stop: Stop } | undefined;
    const { timeline } = this;
    let previous = timeline.before(begin);
    timeline.scan(begin, end, (index, result, now) => {
      const isHere = index === from.step;
      if (!(isHere && from.at === "before")) {
        const coming: Coming = { timeline, index, backward: true, snapshot: () => timeline.before(index) };
        const stopBefore = firstOf(stops.before, (each) => each.check(coming));
        if (stopBefore) found = { position: before(index), stop: stopBefore };
      }
      const done = { timeline, index, backward: true, result, after: now };
      const stopAfter = isHere ? undefined : afterStep(stops, done, previous);
      if (stopAfter) found = { position: after(index), stop: stopAfter };
      previous = compares(stops) ? copy(now) : now;
      return false;
    });
    return found;
  }
}

/** A run forward that can be looked at between its slices. */
export class ForwardRun {
  private index: number;
  private isFirst = true;

  constructor(
    private readonly timeline: Timeline,
    private readonly from: Position,
    private readonly stops: Stops,
    private readonly arrive: (position: Position, because: Stop) => Stop,
  ) {
    this.index = from.at === "after" ? from.step + 1 : from.step;
  }

  /** @param budget steps to run at most @returns the stop, or `undefined` while it goes on */
  advance(budget: number): Stop | undefined {
    const { timeline, stops, from } = this;
    const to = Math.min(timeline.length, this.index + budget);
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

  /** Stands still where it is. */
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
    const result = this.timeline.result(index);
    const found = firstOf(this.stops.inside, (each) => each.check(this.timeline, index, result, start));
    return found && this.arrive(inside(index, found.stage), found.stop);
  }

  private stopAfter(index: number, found: Stop | undefined): Stop | undefined {
    return found && this.arrive(after(index), found);
  }
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

function stop(reason: StopReason, text = ""): Stop {
  return { reason, text, breakpoints: [] };
}

import type { StepResult } from "../language/index.js";
import type { Machine, Stage } from "../simulator/index.js";
import { after, before, inside, type Position, stepsRun } from "./position.js";
import { BackwardRun, ForwardRun, type Run } from "./runs.js";
import { type Stop, type StopReason, type Stops, stop } from "./stops.js";
import type { Timeline } from "./timeline.js";

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

  /** Out of the walk, to where its statement has run; a statement is run like any other. */
  stepOut(): Stop {
    return typeof this.at.at === "number" ? this.moved(after(this.at.step), stop("step")) : this.leaveStep();
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

  /** Back through the hardware: like `stepBack`, but from a statement into the walk of the one before. */
  stepBackIn(): Stop {
    const { step, at } = this.at;
    if (at !== "before" || step === 0) return this.stepBack();
    const { outcome } = this.timeline.result(step - 1);
    return outcome?.stages?.length ? this.moved(after(step - 1), stop("step"), true) : this.stepBack();
  }

  /** To before a step, wherever it lies. @param index 0 to the length of the timeline */
  travel(index: number, reason: StopReason = "goto"): Stop {
    const to = Math.max(0, Math.min(index, this.timeline.length));
    return this.moved(before(to), stop(reason), to < stepsRun(this.at));
  }

  /** Goes on until something stops it, or to the end. */
  forward(stops: Stops): Stop {
    let stopped: Stop | undefined;
    for (const run = this.run(stops); !stopped; ) stopped = run.advance();
    return stopped;
  }

  /** Goes back until something stops it: where it would have stopped on its way forward. */
  backward(stops: Stops): Stop {
    let stopped: Stop | undefined;
    for (const run = this.runBack(stops); !stopped; ) stopped = run.advance();
    return stopped;
  }

  /** A run forward in slices, between which it can be paused. */
  run(stops: Stops): Run {
    return new ForwardRun(this.timeline, this.at, stops, (position, because) =>
      this.moved(position, because),
    );
  }

  /** The same back in time. */
  runBack(stops: Stops): Run {
    return new BackwardRun(this.timeline, this.at, stops, (position, because) =>
      this.moved(position, because, true),
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
}

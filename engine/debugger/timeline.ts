import {
  Causes,
  type Program,
  type Scenario,
  type Step,
  Stepper,
  type StepResult,
} from "../language/index.js";
import { boot, type Machine, type Operation } from "../simulator/index.js";
import { Contents } from "./memory/contents.js";

/** A machine between two steps, to be read only: whoever wants to try something forks it. */
export interface Snapshot {
  readonly machine: Machine;
  readonly causes: Causes;
}

/** Steps of a scenario between two snapshots that are kept for good; going back costs at most so many steps again. */
const CHECKPOINT_EVERY = 64;

/** Snapshots of a start state that are kept for good: a long one has them further apart. */
const START_CHECKPOINTS = 256;

/** Snapshots and recorded results that are kept beside the checkpoints, for a person who goes to and fro. */
const KEPT = 128;

/** A step that a person made by hand while the scenario stood still. */
export interface HandMade {
  readonly operation: Operation;
  /** The statement that does the same, in the words of the language. */
  readonly text: string;
}

/**
 * Everything that happens in one scenario, from the first statement of the start state to its own last one,
 * and the machine between any two steps. Going back is a checkpoint and a replay (docs/architecture.md); it
 * always gives the state that was there, since the same steps give the same state.
 */
export class Timeline {
  /** The statements in the order in which they run; those of the start state first. */
  readonly steps: Step[];
  /** What host-physical memory holds. */
  readonly contents = new Contents(this);
  private readonly byHand = new Map<Step, string>();
  private readonly fast: Stepper;
  private readonly recording: Stepper;
  /** Snapshots that are kept for good, by the step that they stand before. */
  private readonly checkpoints = new Map<number, Snapshot>();
  private readonly startEvery: number;
  private begin: number;
  private readonly near = new Kept<Snapshot>(KEPT);
  private readonly results = new Kept<StepResult>(KEPT);

  constructor(
    readonly program: Program,
    readonly scenario: Scenario,
  ) {
    this.steps = [...program.start, ...scenario.steps];
    this.begin = program.start.length;
    this.fast = new Stepper(program, false);
    this.recording = new Stepper(program, true);
    this.startEvery = Math.max(CHECKPOINT_EVERY, Math.ceil(this.begin / START_CHECKPOINTS));
    this.checkpoints.set(0, { machine: boot(program.platform), causes: new Causes() });
  }

  /** Index of the scenario's own first step. */
  get first(): number {
    return this.begin;
  }

  get length(): number {
    return this.steps.length;
  }

  /** The machine before a step. @param index 0 to `length`; `length` is the end */
  before(index: number): Snapshot {
    const known = this.known(index);
    if (known) return known;
    let from = index - 1;
    while (!this.known(from)) from -= 1;
    const snapshot = this.forward(from, index);
    this.near.set(index, snapshot);
    return snapshot;
  }

  /** What comes of a step, with the stages of its walk. */
  result(index: number): StepResult {
    const known = this.results.get(index);
    if (known) return known;
    const { machine, causes } = copyOf(this.before(index));
    const result = this.recording.run(machine, this.steps[index]!, causes);
    this.results.set(index, result);
    if (!this.known(index + 1)) this.near.set(index + 1, { machine, causes });
    return result;
  }

  /**
   * Runs steps and looks at what comes of each, without its stages; much faster than asking for one after
   * the other.
   * @param look called after each step with the machine after it; true stops
   * @returns index of the step at which it stopped; `undefined` when it came to `to`
   */
  scan(
    from: number,
    to: number,
    look: (index: number, result: StepResult, after: Snapshot) => boolean,
  ): number | undefined {
    let found: number | undefined;
    this.forward(from, to, (index, result, after) => {
      if (look(index, result, after)) found = index;
      return found !== undefined;
    });
    return found;
  }

  /** What would come of a step of a person's own before another one; nothing is changed by it. */
  attempt(index: number, { operation }: HandMade): StepResult {
    const { machine, causes } = copyOf(this.before(index));
    return this.fast.run(machine, this.stepOf(index, operation), causes);
  }

  /** Puts a step of a person's own before another one. @param index where it will stand */
  insert(index: number, { operation, text }: HandMade): Step {
    const step = this.stepOf(index, operation);
    this.steps.splice(index, 0, step);
    this.byHand.set(step, text);
    if (index < this.begin) this.begin += 1;
    this.forgetAfter(index);
    this.contents.inserted(index);
    return step;
  }

  /** The words of a step that a person made by hand; `undefined` for a statement of the file. */
  handMade(step: Step): string | undefined {
    return this.byHand.get(step);
  }

  private stepOf(index: number, operation: Operation): Step {
    const span = (this.steps[index] ?? this.steps[index - 1] ?? this.scenario).span;
    const { origin } = operation;
    return { kind: "operation", operation, origin, span, expectation: undefined, imported: false };
  }

  private known(index: number): Snapshot | undefined {
    return this.checkpoints.get(index) ?? this.near.get(index);
  }

  /** A step at or before another one from which replaying begins at once. */
  replayFrom(index: number): number {
    let from = index;
    while (!this.checkpoints.has(from)) from -= 1;
    return from;
  }

  private isCheckpoint(index: number): boolean {
    const own = index - this.begin;
    return own < 0 ? index % this.startEvery === 0 : own % CHECKPOINT_EVERY === 0;
  }

  /** Runs the steps from one index to another on one machine, and leaves checkpoints behind. */
  private forward(
    from: number,
    to: number,
    look?: (index: number, result: StepResult, after: Snapshot) => boolean,
  ): Snapshot {
    const snapshot = copyOf(this.before(from));
    const { machine, causes } = snapshot;
    for (let index = from; index < to; index += 1) {
      const result = this.fast.run(machine, this.steps[index]!, causes);
      const next = index + 1;
      if (this.isCheckpoint(next) && !this.checkpoints.has(next)) {
        this.checkpoints.set(next, copyOf(snapshot));
      }
      if (look?.(index, result, snapshot)) break;
    }
    return snapshot;
  }

  private forgetAfter(index: number): void {
    for (const key of [...this.checkpoints.keys()]) if (key > index) this.checkpoints.delete(key);
    this.near.forget((key) => key > index);
    this.results.forget((key) => key >= index);
  }
}

function copyOf({ machine, causes }: Snapshot): Snapshot {
  return { machine: machine.fork(), causes: causes.copy() };
}

/** The values that were asked for last, a bounded number of them. */
class Kept<T> {
  private readonly values = new Map<number, T>();

  constructor(private readonly limit: number) {}

  get(key: number): T | undefined {
    const value = this.values.get(key);
    if (value !== undefined) {
      this.values.delete(key);
      this.values.set(key, value);
    }
    return value;
  }

  set(key: number, value: T): void {
    this.values.set(key, value);
    if (this.values.size <= this.limit) return;
    for (const oldest of this.values.keys()) {
      this.values.delete(oldest);
      break;
    }
  }

  forget(isGone: (key: number) => boolean): void {
    for (const key of [...this.values.keys()]) if (isGone(key)) this.values.delete(key);
  }
}

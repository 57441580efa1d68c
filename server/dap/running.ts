import { ProgressEndEvent, ProgressStartEvent, ProgressUpdateEvent } from "@vscode/debugadapter";
import type { Run, Thread } from "../../engine/debugger/index.js";
import type { SendEvent } from "./debuggee.js";

/** Slices after which a run is long enough to be told of. */
const QUIET = 8;

/** A run that goes on. */
interface Going {
  readonly threadId: number;
  readonly progressId: string;
  isPausing: boolean;
  isAbandoned: boolean;
}

/** The runs that go on: messages are heard between their slices, and long ones tell how far they are. */
export class Running {
  /** Whether the client shows progress. */
  tellsProgress = false;
  private readonly going = new Map<Thread, Going>();
  private nextId = 1;

  constructor(
    private readonly nextTurn: () => Promise<void>,
    private readonly send: SendEvent,
  ) {}

  has(thread: Thread): boolean {
    return this.going.has(thread);
  }

  /** Pauses the runs that are meant. */
  pause(isMeant: (going: Pick<Going, "threadId" | "progressId">) => boolean): void {
    for (const going of this.going.values()) if (isMeant(going)) going.isPausing = true;
  }

  /** Ends all of them, and nothing is told of them any more. */
  abandon(): void {
    for (const going of this.going.values()) going.isAbandoned = true;
    this.going.clear();
  }

  /** Runs until something stops it. @returns `false` where it was abandoned */
  async toStop(thread: Thread, run: Run): Promise<boolean> {
    const progressId = `run ${this.nextId++}`;
    const going: Going = { threadId: thread.id, progressId, isPausing: false, isAbandoned: false };
    this.going.set(thread, going);
    const progress = new Progress(progressId, thread.timeline.scenario.title, this.tellsProgress, this.send);
    while (!(run.advance() ?? (going.isPausing ? run.pause() : undefined))) {
      progress.tell(run.share);
      await this.nextTurn();
      if (going.isAbandoned) break;
    }
    progress.end();
    if (going.isAbandoned) return false;
    this.going.delete(thread);
    return true;
  }
}

/** Tells of one run, from the moment on when it is long. */
class Progress {
  private slices = 0;
  private percentage = -1;

  constructor(
    private readonly id: string,
    private readonly scenario: string,
    private readonly isWanted: boolean,
    private readonly send: SendEvent,
  ) {}

  tell(share: number): void {
    this.slices += 1;
    if (!this.isWanted || this.slices < QUIET) return;
    const percentage = Math.floor(share * 100);
    if (this.percentage < 0) this.begin(percentage);
    else if (percentage > this.percentage) {
      const event = new ProgressUpdateEvent(this.id) as ProgressUpdateEvent & {
        body: { percentage?: number };
      };
      event.body.percentage = percentage;
      this.send(event);
    }
    this.percentage = percentage;
  }

  end(): void {
    if (this.percentage >= 0) this.send(new ProgressEndEvent(this.id));
  }

  private begin(percentage: number): void {
    const event = new ProgressStartEvent(this.id, `Running "${this.scenario}"`);
    Object.assign(event.body, { cancellable: true, percentage });
    this.send(event);
  }
}

import {
  BreakpointEvent,
  ContinuedEvent,
  Event,
  OutputEvent,
  StoppedEvent,
  TerminatedEvent,
} from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Coming, type Snapshot, stepsRun, Thread, Timeline } from "../../engine/debugger/index.js";
import { DEBUG_STALE, type DebugStale } from "../protocol/index.js";
import { Documents } from "./documents.js";
import type { LaunchArguments } from "./launch.js";
import { type Counting, Placing } from "./placing.js";
import type { LoadedProgram, ProgramSource } from "./program-source.js";
import { RequestedStops } from "./requested-stops.js";
import { Running } from "./running.js";
import { Values } from "./values.js";

/** What a session sends without being asked. */
export type SendEvent = (event: DebugProtocol.Event) => void;

/** A program under the debugger, once it is loaded. */
interface Launched {
  readonly loaded: LoadedProgram;
  readonly placing: Placing;
  readonly threads: readonly Thread[];
}

/** Everything that one debug session holds; the handlers of requests work on it. */
export class Debuggee {
  arguments: LaunchArguments = {};
  counting: Counting = { line: 1, column: 1 };
  readonly running: Running;
  readonly values = new Values();
  readonly documents = new Documents();
  /** The program was edited since it was loaded, and the client knows. */
  isStale = false;
  readonly stops: RequestedStops;
  private launched: Launched | undefined;
  /** The frames that were told since their thread stood still, by their id. */
  private readonly frames = new Map<number, { readonly thread: Thread; readonly level: number }>();
  private nextFrame = 1;
  private readonly lastStates = new Map<number, Snapshot>();
  private readonly ended = new Set<number>();
  /** The thread that stood still last. */
  private last: Thread | undefined;

  constructor(
    private readonly source: ProgramSource,
    nextTurn: () => Promise<void>,
    readonly send: SendEvent,
  ) {
    this.running = new Running(nextTurn, send);
    this.stops = new RequestedStops(standIn, (text) => send(new OutputEvent(`${text}\n`, "console")));
  }

  /** Loads the program that the arguments name, and makes a thread of each scenario. @returns why it cannot start */
  async load(): Promise<string | undefined> {
    const { program: path, scenario: title, ignoreErrors, root, uapi, stopOnFinding } = this.arguments;
    if (!path) return "The launch configuration names no `program`: the .ioasid file to debug.";
    const loaded = await this.source.load(path, { root, uapi });
    if ("error" in loaded) return loaded.error;
    const { program } = loaded.analysis;
    const errors = program.diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0 && !ignoreErrors) {
      const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
      return `${path} has ${count}: ${errors[0]?.message} Mend it, or set "ignoreErrors" to run what could be understood.`;
    }
    const scenarios = program.scenarios.filter((each) => title === undefined || each.title === title);
    if (scenarios.length === 0) {
      const which = title === undefined ? "no scenario to step through" : `no scenario "${title}"`;
      return `${path} has ${which}.`;
    }
    this.launched = {
      loaded,
      placing: new Placing(loaded, this.counting),
      threads: scenarios.map((scenario, index) => new Thread(index + 1, new Timeline(program, scenario))),
    };
    this.running.abandon();
    this.lastStates.clear();
    this.ended.clear();
    this.isStale = false;
    this.stops.atFindings = stopOnFinding ?? false;
    for (const placed of this.stops.replaceLines(this.launched.placing)) {
      this.send(new BreakpointEvent("changed", placed as DebugProtocol.Breakpoint));
    }
    if (loaded.notes !== "") this.send(new OutputEvent(loaded.notes, "console"));
    return undefined;
  }

  /** Stands still at the entry of each scenario, or lets them run. */
  begin(): void {
    for (const thread of this.threads) {
      if (this.arguments.stopOnEntry ?? true) this.tellStop(thread);
      else void this.go(thread);
    }
  }

  get placing(): Placing | undefined {
    return this.launched?.placing;
  }

  get program(): LoadedProgram["analysis"]["program"] | undefined {
    return this.launched?.loaded.analysis.program;
  }

  /** The threads that have not come to their end. */
  get threads(): readonly Thread[] {
    return (this.launched?.threads ?? []).filter(({ id }) => !this.ended.has(id));
  }

  thread(id: number): Thread | undefined {
    return this.threads.find((each) => each.id === id);
  }

  /** The thread that a question is about: that of a frame, else the one that stood still last. */
  asked(frameId: number | undefined): Thread | undefined {
    const { threads } = this;
    return this.frame(frameId)?.thread ?? threads.find((each) => each === this.last) ?? threads[0];
  }

  /** The file of the program that a client's source is. */
  fileOf({ path }: DebugProtocol.Source): string | undefined {
    return path === undefined ? undefined : this.launched?.loaded.fileOf(path);
  }

  /** The path or address of a file of the program. */
  pathOf(file: string): string {
    return this.launched?.loaded.pathOf(file) ?? file;
  }

  /** Gives a frame of a thread's stack an id. @param level 0 for the innermost */
  frameId(thread: Thread, level: number): number {
    const id = this.nextFrame++;
    this.frames.set(id, { thread, level });
    return id;
  }

  frame(id: number | undefined): { readonly thread: Thread; readonly level: number } | undefined {
    return id === undefined ? undefined : this.frames.get(id);
  }

  /** The state of a thread at its last stop, to tell what changed since. */
  lastState({ id }: Thread): Snapshot | undefined {
    return this.lastStates.get(id);
  }

  /** Moves a thread that stands still, and tells where it stands then. */
  move(thread: Thread | undefined, how: (thread: Thread) => unknown): void {
    if (!thread || this.running.has(thread)) return;
    this.remember(thread);
    how(thread);
    this.tellStop(thread);
  }

  /** Runs a thread that stands still, to its next stop. */
  async go(thread: Thread | undefined, way: "forward" | "back" = "forward"): Promise<void> {
    if (!thread || this.running.has(thread)) return;
    this.remember(thread);
    const { stops } = this.stops;
    const run = way === "back" ? thread.runBack(stops) : thread.run(stops);
    const isOver = await this.running.toStop(thread, run);
    if (!isOver) return;
    // Without a stop at the entry nobody is there to look at the end either.
    if (thread.isAtEnd && this.arguments.stopOnEntry === false) this.end(thread);
    else this.tellStop(thread);
  }

  /** A thread goes beyond its end; the session ends with the last one. */
  end({ id }: Thread): void {
    this.ended.add(id);
    this.send(new ContinuedEvent(id));
    if (this.threads.length === 0) this.send(new TerminatedEvent());
  }

  private remember({ id, timeline, position }: Thread): void {
    this.lastStates.set(id, timeline.before(Math.min(stepsRun(position), timeline.length)));
  }

  private tellStop(thread: Thread): void {
    this.tellStale();
    this.values.clear(thread);
    for (const [id, frame] of this.frames) if (frame.thread === thread) this.frames.delete(id);
    this.last = thread;
    const { reason, text, breakpoints } = thread.stopped;
    const event = new StoppedEvent(
      PROTOCOL_REASONS[reason] ?? reason,
      thread.id,
    ) as DebugProtocol.StoppedEvent;
    const description = describeStop(thread, this.isStale);
    event.body = {
      ...event.body,
      allThreadsStopped: false,
      ...(text !== "" && { text }),
      ...(description !== "" && { description }),
      ...(breakpoints.length > 0 && { hitBreakpointIds: [...breakpoints] }),
    };
    // Clients show the text of a stop only where one looks for it.
    if (reason === "data breakpoint") this.send(new OutputEvent(`${text}\n`, "console"));
    this.send(event);
  }

  /** Once: the program was edited, and what the debugger shows is of the text before. */
  private tellStale(): void {
    const changed = this.launched?.loaded.changed() ?? [];
    if (this.isStale || changed.length === 0) return;
    this.isStale = true;
    const which = changed.join(", ");
    const text = `${which} changed after the start, and what is shown here is of the text before. Restart to debug the new one.`;
    this.send(new OutputEvent(`${text}\n`, "important"));
    this.send(new Event(DEBUG_STALE, { files: changed } satisfies DebugStale));
  }
}

/** Reasons that the protocol has no word for. */
const PROTOCOL_REASONS: Readonly<Record<string, string>> = { start: "step", end: "step" };

function describeStop(thread: Thread, isStale: boolean): string {
  const words = placeWords(thread);
  return isStale ? `${words || "Paused"}, in a file that was edited meanwhile` : words;
}

function placeWords({ stopped, isAtEnd, inReverse }: Thread): string {
  if (isAtEnd) return "Paused at the end of the scenario";
  if (stopped.reason === "start") return "Paused at the first statement there is";
  return inReverse ? "Paused in reverse" : "";
}

/** A thread that stands before a step, for the conditions of breakpoints; the one that runs does not move. */
function standIn({ timeline, index }: Coming): Thread {
  const thread = new Thread(0, timeline);
  thread.travel(index);
  return thread;
}

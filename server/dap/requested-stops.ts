import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  type Coming,
  type Conditions,
  DataBreakpoint,
  type Done,
  EXCEPTION_FILTERS,
  type ExceptionFilter,
  ExceptionStop,
  evaluate,
  FindingStop,
  holds,
  isProblem,
  readHitCount,
  StageBreakpoint,
  StepBreakpoint,
  type StopAfter,
  type StopBefore,
  type StopInside,
  type Stops,
  type Thread,
} from "../../engine/debugger/index.js";
import { type Step, syntax } from "../../engine/language/index.js";
import { stepOutcome } from "../../engine/report/index.js";

/** Kinds of stages that a function breakpoint can name beside statements. */
const STAGES = [
  "device",
  "cpu-directory",
  "cpu-table",
  "driver-table",
  "context",
  "pasid-directory",
  "pasid-table",
  "iotlb",
  "first",
  "second",
  "permission",
  "result",
];

/** Names of kernel calls, as people search for them, and the statement that makes each. */
const CALLS: Readonly<Record<string, string>> = {
  kvm_map_pasid: "kvm map",
  kvm_unmap_pasid: "kvm unmap",
  vfio_attach_ioasid: "attach",
  vfio_detach_ioasid: "detach",
  vfio_bind_ioasid_fd: "bind",
  vfio_unbind_ioasid_fd: "unbind",
  ioasid_alloc: "ioasid",
  ioasid_free: "free",
  ioasid_map_dma: "map",
  ioasid_unmap_dma: "unmap",
  ioasid_invalidate_cache: "invalidate",
};

/** What a request for a breakpoint came to. */
export interface Placed {
  readonly id: number;
  readonly verified: boolean;
  readonly line?: number;
  /** Why it stands elsewhere, or nowhere. */
  readonly message?: string;
}

/** Where breakpoints of a line can go in the program that is debugged. */
export interface Lines {
  /** The line of the nearest statement; `undefined` in a file without any. */
  nearestLine(file: string, line: number): number | undefined;
  isAt(step: Step, file: string, line: number): boolean;
}

/** Breakpoints of a file as they were asked for. */
interface AskedLines {
  readonly wanted: readonly DebugProtocol.SourceBreakpoint[];
  readonly ids: readonly number[];
}

/** Everything that the client asked to stop at, kept as it asks anew for each file and kind. */
export class RequestedStops {
  private nextId = 1;
  private readonly byFile = new Map<string, readonly StopBefore[]>();
  private readonly asked = new Map<string, AskedLines>();
  private functions: readonly (StopBefore | StopInside)[] = [];
  private exceptions: readonly StopAfter[] = [];
  private readonly findings = new FindingStop();
  /** Whether to stop at every finding too. */
  atFindings = false;
  private data: readonly StopAfter[] = [];

  /**
   * @param threadAt a thread that stands before a step, for conditions
   * @param log takes what a log point says
   */
  constructor(
    private readonly threadAt: (coming: Coming) => Thread,
    private readonly log: (text: string) => void,
  ) {}

  /** All of them, for a run. */
  get stops(): Stops {
    return {
      before: [
        ...[...this.byFile.values()].flat(),
        ...this.functions.filter((each) => each instanceof StepBreakpoint),
      ],
      after: [...this.data, ...this.exceptions, ...(this.atFindings ? [this.findings] : [])],
      inside: this.functions.filter((each) => each instanceof StageBreakpoint),
    };
  }

  /** The breakpoints of one file. */
  setLines(file: string, wanted: readonly DebugProtocol.SourceBreakpoint[], lines: Lines): Placed[] {
    const asked = { wanted, ids: wanted.map(() => this.nextId++) };
    this.asked.set(file, asked);
    return this.placeLines(file, asked, lines);
  }

  /** Places the breakpoints of all files anew, in a program that was loaded again. */
  replaceLines(lines: Lines): Placed[] {
    return [...this.asked].flatMap(([file, asked]) => this.placeLines(file, asked, lines));
  }

  private placeLines(file: string, { wanted, ids }: AskedLines, lines: Lines): Placed[] {
    const made: StopBefore[] = [];
    const placed = wanted.map((each, index): Placed => {
      const id = ids[index]!;
      const line = lines.nearestLine(file, each.line);
      if (line === undefined) return { id, verified: false, message: "The file has no statement that runs." };
      const conditions = this.conditions(each);
      if ("problem" in conditions) return { id, verified: false, line, message: conditions.problem };
      made.push(new StepBreakpoint(id, "breakpoint", (step) => lines.isAt(step, file, line), conditions));
      const message =
        line === each.line ? undefined : `Line ${each.line} has no statement; this is the nearest.`;
      return { id, verified: true, line, ...(message !== undefined && { message }) };
    });
    this.byFile.set(file, made);
    return placed;
  }

  /** Breakpoints on statements by their first words, on kernel calls, and on stages of walks. */
  setFunctions(
    wanted: readonly DebugProtocol.FunctionBreakpoint[],
    wordsOf: (step: Step) => string,
  ): Placed[] {
    const made: (StopBefore | StopInside)[] = [];
    const placed = wanted.map((each): Placed => {
      const id = this.nextId++;
      const name = each.name.trim().toLowerCase();
      const words = CALLS[name] ?? name;
      const conditions = this.conditions(each);
      if ("problem" in conditions) return { id, verified: false, message: conditions.problem };
      if ((syntax.STATEMENT_WORDS as readonly string[]).includes(words.split(" ")[0] ?? "")) {
        const matches = (step: Step) => `${wordsOf(step)} `.startsWith(`${words} `);
        made.push(new StepBreakpoint(id, "function breakpoint", matches, conditions));
        return { id, verified: true };
      }
      if (STAGES.includes(name)) {
        made.push(new StageBreakpoint(id, name));
        return { id, verified: true };
      }
      const message = `"${each.name}" is no statement, no kernel call and no stage. Write one as in attach, kvm map, KVM_MAP_PASID, ${STAGES.join(", ")}.`;
      return { id, verified: false, message };
    });
    this.functions = made;
    return placed;
  }

  /** Breakpoints on answers of queries. @param problemOf why one cannot be watched */
  setData(
    wanted: readonly DebugProtocol.DataBreakpoint[],
    problemOf: (query: string) => string | undefined,
  ): Placed[] {
    const made: StopAfter[] = [];
    const placed = wanted.map((each): Placed => {
      const id = this.nextId++;
      const conditions = this.conditions(each);
      const problem = "problem" in conditions ? conditions.problem : problemOf(each.dataId);
      if ("problem" in conditions || problem !== undefined) {
        return { id, verified: false, ...(problem !== undefined && { message: problem }) };
      }
      made.push(new DataBreakpoint(id, each.dataId, conditions));
      return { id, verified: true };
    });
    this.data = made;
    return placed;
  }

  setExceptions(wanted: readonly { readonly filterId: string; readonly condition?: string }[]): void {
    this.exceptions = wanted.flatMap(({ filterId, condition }) => {
      const known = EXCEPTION_FILTERS.find(({ filter }) => filter === filterId);
      return known ? [new ExceptionStop(filterId as ExceptionFilter, condition ?? "", describe)] : [];
    });
  }

  private conditions({
    condition,
    hitCondition,
    logMessage,
  }: Pick<DebugProtocol.SourceBreakpoint, "condition" | "hitCondition" | "logMessage">):
    | Conditions
    | { readonly problem: string } {
    const hits = hitCondition === undefined || hitCondition === "" ? undefined : readHitCount(hitCondition);
    if (hitCondition && !hits) {
      return { problem: `"${hitCondition}" is no hit count; write a number, as in 3, >= 3 or % 3.` };
    }
    return {
      hits,
      ...(condition && {
        holds: (coming: Coming) => holds(condition, this.threadAt(coming), coming.snapshot().machine),
      }),
      ...(logMessage && {
        log: (coming: Coming) => this.log(interpolated(logMessage, this.threadAt(coming))),
      }),
    };
  }
}

/** The text of a log point: what stands in braces is asked. */
function interpolated(text: string, thread: Thread): string {
  return text.replace(/\{([^{}]*)\}/g, (_whole, query: string) => {
    const answer = evaluate(query, thread);
    return isProblem(answer) ? `{${answer.problem}}` : answer.text;
  });
}

function describe({ timeline, result }: Done): string {
  return stepOutcome(timeline.program.platform, result);
}

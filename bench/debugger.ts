import { Bench } from "tinybench";
import { fromBytes, type Range } from "../engine/address/index.js";
import { ExceptionStop, NO_STOPS, type Stops, type Thread } from "../engine/debugger/index.js";
import { type Analysis, analyze, type Program, type Step } from "../engine/language/index.js";
import type { Operation } from "../engine/simulator/index.js";
import { Debuggee } from "../server/dap/debuggee.js";
import { HANDLERS } from "../server/dap/requests/index.js";
import { DEBUG_STATE, DEBUG_TOPOLOGY } from "../server/protocol/index.js";
import type { Measurement } from "./table.js";

/** Budgets of the project for this machine class, in nanoseconds and in bytes. */
const STEP_BUDGET = 5e6;
const REVERSE_BUDGET = 300e6;
const HISTORY_BUDGET = 100 * 2 ** 20;

const STEPS = 10_000;
const RANGES = 1 << 20;

const TEXT = `iommu vtd { pasid-width 20  nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
}
scenario "long" { dma nic read 0x1000 }
`;

/** Steps of a long scenario on a machine with many ranges: what a client asks for at each stop is counted in. */
export async function debuggerBenchmarks(): Promise<Measurement[]> {
  const analysis = longProgram();
  const debuggee = new Debuggee(
    {
      load: async () => ({
        analysis,
        notes: "",
        pathOf: (file) => file,
        fileOf: (path) => path,
        changed: () => [],
      }),
    },
    async () => undefined,
    () => undefined,
  );
  debuggee.arguments = { program: "long.ioasid" };
  const problem = await debuggee.load();
  const [thread] = debuggee.threads;
  if (problem !== undefined || !thread) throw new Error(problem);
  const size = `${STEPS / 1000}k steps, ${RANGES >> 20}M ranges`;
  const { first } = thread.timeline;
  thread.travel(first);
  const machine = thread.machine;
  if (machine.spaces.get(0)?.ranges.size !== RANGES) throw new Error("the ranges are not there");
  const before = memory();
  thread.forward(NO_STOPS);
  const history = memory() - before;
  const results: Measurement[] = [];
  for (const [where, index] of [
    ["begin", first + 100],
    ["middle", first + STEPS / 2],
    ["end", first + STEPS - 1000],
  ] as const) {
    for (const command of ["next", "stepIn", "stepBack"]) {
      const nanoseconds = medianStop(debuggee, thread, index, command);
      results.push({ name: `debugger, ${command} at the ${where}`, size, nanoseconds, budget: STEP_BUDGET });
    }
  }
  for (const [name, command] of [
    ["debugger, state for the views", DEBUG_STATE],
    ["debugger, topology", DEBUG_TOPOLOGY],
  ] as const) {
    thread.travel(first + 100);
    const nanoseconds = await median(() => {
      thread.next();
      ask(debuggee, command, { threadId: 1 });
    });
    results.push({ name, size, nanoseconds, budget: STEP_BUDGET });
  }
  let place = 0;
  const far = await median(() => {
    place = (place + 6151) % STEPS;
    thread.travel(first + place);
    if (thread.machine.spaces.size !== 1) throw new Error("this is not the machine");
  });
  results.push({ name: "debugger, to a far step", size, nanoseconds: far, budget: STEP_BUDGET });
  const filters = ["unexpected", "isolation"] as const;
  const after = filters.map((filter) => new ExceptionStop(filter, "", () => ""));
  const stops: Stops = { ...NO_STOPS, after };
  const reverse = await median(() => {
    thread.travel(thread.timeline.length);
    thread.backward(stops);
  });
  results.push({ name: "debugger, reverse continue", size, nanoseconds: reverse, budget: REVERSE_BUDGET });
  results.push({
    name: "debugger, memory of the history",
    size,
    nanoseconds: history,
    isMemory: true,
    budget: HISTORY_BUDGET,
  });
  return results;
}

/** Places around one of which a movement is measured, each seen for the first time. */
const PLACES = 61;

function medianStop(debuggee: Debuggee, thread: Thread, index: number, command: string): number {
  const times = Array.from({ length: PLACES }, (_, place) => {
    thread.travel(index + place * 13);
    // A client has asked for this stop before it moves on.
    ask(debuggee, "stackTrace", { threadId: 1 });
    const start = performance.now();
    stop(debuggee, command);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[(PLACES - 1) / 2]! * 1e6;
}

/** A movement, and what a client asks for at a stop: the stack, the scopes, and the values that it shows. */
function stop(debuggee: Debuggee, command: string): void {
  ask(debuggee, command, { threadId: 1 });
  const { stackFrames } = ask(debuggee, "stackTrace", { threadId: 1 }) as { stackFrames: { id: number }[] };
  const { scopes } = ask(debuggee, "scopes", { frameId: stackFrames[0]!.id }) as {
    scopes: { name: string; expensive: boolean; variablesReference: number }[];
  };
  for (const { expensive, variablesReference } of scopes) {
    if (!expensive) ask(debuggee, "variables", { variablesReference });
  }
}

function ask(debuggee: Debuggee, command: string, asked: object): unknown {
  const answer = HANDLERS.get(command)!(debuggee, asked as never);
  if (answer instanceof Promise) throw new Error(`${command} is not answered at once`);
  answer.after?.();
  return answer.body;
}

function longProgram(): Analysis {
  const analysis = analyze("long.ioasid", { read: () => TEXT, resolve: () => ({ error: "no imports" }) });
  const { program } = analysis;
  const [scenario] = program.scenarios;
  const step = scenario?.steps[0];
  if (!scenario || !step) throw new Error("the text has no step");
  const stepOf = (operation: Operation): Step => ({
    ...step,
    kind: "operation",
    operation,
    origin: step.origin,
    expectation: undefined,
  });
  const maps = Array.from({ length: RANGES }, (_, index) => stepOf(mapOf(index)));
  const steps = Array.from({ length: STEPS }, (_, index) => stepOf(operationOf(index)));
  const long: Program = {
    ...program,
    start: [...program.start, ...maps],
    scenarios: [{ ...scenario, steps }],
  };
  return { ...analysis, program: long };
}

/** DMAs over the whole machine, and a range that is unmapped and mapped again from time to time. */
function operationOf(index: number): Operation {
  const at = (Math.imul(Math.floor(index / 10) + 1, 0x9e37_79b1) >>> 0) & (RANGES - 1);
  if (index % 10 === 3) return { kind: "unmap", origin: 0, owner: 0, space: 0, range: rangeOf(at) };
  if (index % 10 === 4) return mapOf(at);
  const range = { start: rangeOf(at ^ (index % 10)).start, last: rangeOf(at ^ (index % 10)).start };
  return { kind: "dma", origin: 0, device: 0, range, access: 1, priv: false };
}

function mapOf(index: number): Operation {
  const offset = { page: index % 0x4_0000, offset: 0 };
  const target = { kind: "memory", memory: 0, offset } as const;
  return { kind: "map", origin: 0, owner: 0, space: 0, range: rangeOf(index), target, access: 3 };
}

/** Every other frame, so that no two ranges touch. */
function rangeOf(index: number): Range {
  const start = fromBytes((0x100 + index * 2) * 4096);
  return { start, last: { page: start.page, offset: 4095 } };
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function median(run: () => void): Promise<number> {
  const bench = new Bench({ time: 300, warmupTime: 50, warmupIterations: 2, iterations: 5 });
  bench.add("run", run);
  const [task] = await bench.run();
  const result = task?.result;
  if (!result || !("latency" in result)) throw new Error("the benchmark did not run");
  return result.latency.p50 * 1e6;
}

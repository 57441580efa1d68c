import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { CAPABILITIES } from "../../server/dap/capabilities.js";

const LINES = [
  "iommu vtd { pasid-width 20  nesting hardware }",
  "pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }",
  "guest vm0 {",
  "  memory ram at 0x4000_0000 + 1G",
  "  process db { pasid 7 }",
  "  bind nic",
  "  ioasid gpa { map 0x0 + 1G -> ram }",
  "  attach nic -> gpa",
  "}",
  'scenario "first" {',
  "  dma nic read 0x1000 => ram[0x1000]",
  "",
  "  dma nic pasid 7 read 0x1000 => fault no-pasid-entry",
  "  unmap vm0.gpa 0x0 + 1G",
  "  dma nic read 0x1000",
  "}",
  'scenario "second" {',
  "  dma nic read 0x2000",
  "}",
];

/** Line of the first text, as the client counts it. */
const lineOf = (text: string): number => LINES.findIndex((line) => line.includes(text)) + 1;

describe("the debug adapter", () => {
  let folder = "";
  let program = "";
  let client: DebugClient;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "ioasid-dap-"));
    program = join(folder, "test.ioasid");
    writeFileSync(program, `${LINES.join("\n")}\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    client = new DebugClient(process.execPath, "dist/ioasid-debug-adapter.cjs", "ioasid");
    client.defaultTimeout = 20_000;
    await client.start();
  });
  afterEach(() => client.stop());

  /** Starts the first scenario, and waits until it stands still. */
  async function launch(
    more: object = {},
    configure: () => Promise<unknown> = async () => undefined,
  ): Promise<DebugProtocol.StoppedEvent> {
    await client.initializeRequest();
    const initialized = client.waitForEvent("initialized");
    const stopped = client.waitForEvent("stopped");
    const launched = client.launchRequest({ program, scenario: "first", ...more } as never);
    await initialized;
    await configure();
    await client.configurationDoneRequest();
    await launched;
    return (await stopped) as DebugProtocol.StoppedEvent;
  }

  /** Makes a movement, and tells where it ended: reason, line and name of the innermost frame. */
  async function where(move?: () => Promise<unknown>): Promise<string> {
    if (move) {
      const stopped = client.waitForEvent("stopped") as Promise<DebugProtocol.StoppedEvent>;
      await move();
      const { reason, description } = (await stopped).body;
      return `${reason}${description ? ` (${description})` : ""} ${await top()}`;
    }
    return top();
  }

  async function top(): Promise<string> {
    const [frame] = (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames;
    return `${frame?.line} ${frame?.name}`;
  }

  async function scopeReference(name: string): Promise<number> {
    const [frame] = (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames;
    const { scopes } = (await client.scopesRequest({ frameId: frame?.id ?? 0 })).body;
    return scopes.find((each) => each.name === name)?.variablesReference ?? 0;
  }

  async function scope(name: string): Promise<DebugProtocol.Variable[]> {
    const variablesReference = await scopeReference(name);
    return (await client.variablesRequest({ variablesReference })).body.variables;
  }

  const thread = { threadId: 1 };

  it("announces what the tests here use, and nothing else", async () => {
    const { body } = await client.initializeRequest();
    assert.deepEqual(body, CAPABILITIES);
  });

  it("stands still at the first statement, and goes from one to the next and back", async () => {
    const { body } = await launch();
    assert.equal(body.reason, "entry");
    assert.equal(await where(), `${lineOf("=> ram")} dma nic read 0x1000`);
    assert.equal(
      await where(() => client.nextRequest(thread)),
      `step ${lineOf("pasid 7 read")} dma nic pasid 7 read 0x1000`,
    );
    assert.equal(
      await where(() => client.stepBackRequest(thread)),
      `step (Paused in reverse) ${lineOf("=> ram")} dma nic read 0x1000`,
    );
    assert.equal(
      await where(() => client.stepBackRequest(thread)),
      `step (Paused in reverse) ${lineOf("attach")} attach nic -> gpa`,
    );
  });

  it("steps into the hardware, where each frame is the statement that decided it", async () => {
    await launch();
    await where(() => client.nextRequest(thread));
    await where(() => client.stepInRequest(thread));
    const [frame] = (await client.stackTraceRequest(thread)).body.stackFrames;
    const { targets } = (await client.customRequest("stepInTargets", { frameId: frame?.id })).body;
    const table = targets.find(({ label }: { label: string }) => label.startsWith("pasid-table"));
    const place = await where(() => client.stepInRequest({ ...thread, targetId: table.id }));
    assert.match(place, /^step \d+ pasid-table: /);
    const { stackFrames } = (await client.stackTraceRequest(thread)).body;
    assert.equal(stackFrames.at(-1)?.name, 'scenario "first"');
    assert.ok(stackFrames.some(({ name, line }) => name.startsWith("device") && line === lineOf("pdev nic")));
    assert.match(await where(() => client.stepOutRequest(thread)), /\(done\)$/);
  });

  it("stops at lines, moved to the nearest statement, with conditions, hit counts and log points", async () => {
    const source = { path: program };
    await launch({}, async () => {
      const { breakpoints } = (
        await client.setBreakpointsRequest({
          source,
          breakpoints: [
            { line: 12, condition: "wire == 7" },
            { line: 14, condition: "wire == 8" },
            { line: 15, hitCondition: "2" },
            { line: 11, logMessage: "lands at {outcome}" },
            { line: 15, hitCondition: "often" },
          ],
        })
      ).body;
      assert.deepEqual(
        breakpoints.map(({ verified, line }) => [verified, line]),
        [
          [true, 13],
          [true, 14],
          [true, 15],
          [true, 11],
          [false, 15],
        ],
      );
      assert.match(breakpoints[0]?.message ?? "", /nearest/);
      assert.match(breakpoints[4]?.message ?? "", /no hit count/);
    });
    await where(() => client.stepBackRequest(thread));
    const logged = client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
    assert.match(await where(() => client.continueRequest(thread)), /^breakpoint 13 /);
    assert.equal((await logged).body.output, "lands at ram[0x1000]\n");
    assert.match(await where(() => client.continueRequest(thread)), /Paused at the end/);
    const { breakpoints } = (
      await client.customRequest("breakpointLocations", { source, line: 11, endLine: 14 })
    ).body;
    assert.deepEqual(
      breakpoints.map(({ line }: { line: number }) => line),
      [11, 13, 14],
    );
  });

  it("stops at operations and stages by their name", async () => {
    await launch({}, async () => {
      const breakpoints = [{ name: "unmap" }, { name: "pasid-table" }, { name: "nonsense" }];
      const placed = (await client.setFunctionBreakpointsRequest({ breakpoints })).body.breakpoints;
      assert.deepEqual(
        placed.map(({ verified }) => verified),
        [true, true, false],
      );
      assert.match(placed[2]?.message ?? "", /no statement, no kernel call and no stage/);
    });
    assert.match(
      await where(() => client.continueRequest(thread)),
      /^instruction breakpoint \d+ pasid-table/,
    );
    await where(() => client.continueRequest(thread));
    assert.match(await where(() => client.continueRequest(thread)), /^function breakpoint 14 unmap/);
  });

  it("stops at exceptions, by filter and by condition, forward and in reverse", async () => {
    await launch({}, () =>
      client.setExceptionBreakpointsRequest({
        filters: ["unexpected"],
        filterOptions: [{ filterId: "fault", condition: "no-pasid-entry" }],
      }),
    );
    assert.match(await where(() => client.continueRequest(thread)), /^exception 13 .*\(done\)$/);
    const info = await client.customRequest("exceptionInfo", thread);
    assert.equal(info.body.exceptionId, "0x59");
    assert.match(await where(() => client.continueRequest(thread)), /^exception 15 /);
    assert.match((await client.customRequest("exceptionInfo", thread)).body.description, /^U090: /);
    assert.match(
      await where(() => client.reverseContinueRequest(thread)),
      /^exception \(Paused in reverse\) 13 /,
    );
  });

  it("stops where something that is watched changes, and says who changed it", async () => {
    await launch();
    const info = async (asked: object) =>
      (await client.customRequest("dataBreakpointInfo", asked))
        .body as DebugProtocol.DataBreakpointInfoResponse["body"];
    const reference = await scopeReference("Memory");
    const memory = await info({ variablesReference: reference, name: "vm0.ram" });
    assert.equal(memory.dataId, "who writes vm0.ram");
    const page = await info({ name: "page vm0.gpa 0x1000" });
    const bytes = await info({ name: "0x100001000", asAddress: true, bytes: 8 });
    assert.equal(bytes.dataId, "who writes 0x100001000 + 8");
    const constant = await info({ name: "nic" });
    assert.equal(constant.dataId, null);
    assert.match(constant.description, /^Nothing can change "nic"/);
    assert.match((await info({ variablesReference: reference, name: "none" })).description, /never changed/);
    const set = async (...breakpoints: object[]) =>
      (await client.customRequest("setDataBreakpoints", { breakpoints })).body.breakpoints;
    const placed = await set(
      { dataId: page.dataId, condition: "outcome == ok" },
      { dataId: bytes.dataId, hitCondition: ">= 2" },
      { dataId: "outcome" },
      { dataId: page.dataId, hitCondition: "often" },
    );
    assert.deepEqual(
      placed.map(({ verified }: DebugProtocol.Breakpoint) => verified),
      [true, true, false, false],
    );
    const output = client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
    assert.match(await where(() => client.continueRequest(thread)), /^data breakpoint 14 .*\(done\)$/);
    assert.match((await output).body.output, /^`unmap vm0\.gpa 0x0 \+ 1G` \(test\.ioasid:14\) changed `page/);
    await set();
    assert.match(await where(() => client.reverseContinueRequest(thread)), /^entry /);
  });

  it("shows the machine in scopes, and marks what changed", async () => {
    await launch();
    const outcome = (await scope("Step")).find(({ name }) => name === "outcome to come");
    assert.equal(outcome?.value, "ram[0x1000]");
    assert.deepEqual(await scope("IOTLB"), []);
    await where(() => client.nextRequest(thread));
    const [cached] = await scope("IOTLB");
    assert.match(cached?.value ?? "", /^● 1 translation · vm0\.gpa/);
    await where(() => client.nextRequest(thread));
    assert.match((await scope("IOTLB"))[0]?.value ?? "", /^1 translation/);
  });

  it("sets what a guest can set, as a step of its own that can be taken back", async () => {
    await launch();
    const [frame] = (await client.stackTraceRequest(thread)).body.stackFrames;
    const { scopes } = (await client.scopesRequest({ frameId: frame?.id ?? 0 })).body;
    const { variablesReference = 0 } = scopes.find(({ name }) => name === "KVM") ?? {};
    const name = "IA32_PASID of vm0.db";
    const wrong = client.setVariableRequest({ variablesReference, name, value: "0x100000" });
    await assert.rejects(wrong, /20 bits/);
    const locked = client.setVariableRequest({ variablesReference, name: "vm0", value: "1" });
    await assert.rejects(locked, /nothing that a guest or the host can set/);
    await where(() => client.setVariableRequest({ variablesReference, name, value: "8" }));
    assert.equal((await client.evaluateRequest({ expression: "vm0.db" })).body.result, "8 (0x8)");
    assert.equal(await top(), `${lineOf("=> ram")} dma nic read 0x1000`);
    assert.match(await where(() => client.stepBackRequest(thread)), /set-pasid vm0\.db 8$/);
    assert.equal((await client.evaluateRequest({ expression: "vm0.db" })).body.result, "7 (0x7)");
  });

  it("answers queries, and completes them", async () => {
    await launch();
    const { result, variablesReference } = (
      await client.evaluateRequest({ expression: "translate nic 0x1000", context: "repl" })
    ).body;
    assert.match(result, /^ram\[0x1000\]/);
    const { variables } = (await client.variablesRequest({ variablesReference })).body;
    assert.equal(variables.at(-1)?.name, "result");
    await assert.rejects(
      client.evaluateRequest({ expression: "translate nik 0" }),
      /There is no device "nik"/,
    );
    const { targets } = (await client.completionsRequest({ text: "translate n", column: 12 })).body;
    assert.deepEqual(
      targets.map(({ label }) => label),
      ["nic"],
    );
  });

  it("goes to a line, restarts a scenario, and restarts the session", async () => {
    await launch();
    const source = { path: program };
    const { targets } = (await client.customRequest("gotoTargets", { source, line: 15 })).body;
    const goTo = () => client.customRequest("goto", { threadId: 1, targetId: targets[0].id });
    assert.match(await where(goTo), /^goto 15 /);
    const frames = (await client.stackTraceRequest(thread)).body.stackFrames;
    const restart = () => client.restartFrameRequest({ frameId: frames.at(-1)?.id ?? 0 });
    assert.match(await where(restart), /^goto \(Paused in reverse\) 11 /);
    assert.match(await where(() => client.customRequest("restart")), /^entry 11 /);
  });

  it("has a thread for each scenario, and ends with the last of them", async () => {
    await launch({ scenario: undefined });
    const { threads } = (await client.threadsRequest()).body;
    assert.deepEqual(
      threads.map(({ name }) => name),
      ["first", "second"],
    );
    const terminated = client.waitForEvent("terminated");
    for (const { id } of threads) {
      const stopped = client.waitForEvent("stopped");
      await client.continueRequest({ threadId: id });
      await stopped;
      await client.continueRequest({ threadId: id });
    }
    await terminated;
  });

  it("runs to the end and terminates, where nobody asked to stand still", async () => {
    await client.initializeRequest();
    const terminated = client.waitForEvent("terminated");
    const initialized = client.waitForEvent("initialized");
    const launched = client.launchRequest({ program, stopOnEntry: false } as never);
    await initialized;
    await client.configurationDoneRequest();
    await Promise.all([launched, terminated]);
  });

  it("terminates when it is told to", async () => {
    await launch();
    const terminated = client.waitForEvent("terminated");
    await client.customRequest("terminate");
    await terminated;
  });

  it("says why it cannot start: no file, no such scenario, errors in the file", async () => {
    await client.initializeRequest();
    const tries = async (more: object, why: RegExp) =>
      assert.rejects(client.launchRequest({ program, ...more } as never), why);
    await tries({ program: undefined }, /names no `program`/);
    await tries({ program: join(folder, "none.ioasid") }, /cannot be read/);
    await tries({ scenario: "third" }, /has no scenario "third"/);
    const wrong = join(folder, "wrong.ioasid");
    writeFileSync(wrong, `${LINES.join("\n").replace("bind nic", "bind nik")}\n`);
    await tries({ program: wrong }, /has an error: .*ignoreErrors/);
  });
});

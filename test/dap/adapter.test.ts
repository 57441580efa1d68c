import assert from "node:assert/strict";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { CAPABILITIES } from "../../server/dap/capabilities.js";
import { useAdapter } from "./adapter-process.js";

/** The file that the tests here debug. */
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
  const adapter = useAdapter(LINES);
  const thread = { threadId: 1 };

  it("announces what the tests here use, and nothing else", async () => {
    const { body } = await adapter.client.initializeRequest();
    assert.deepEqual(body, CAPABILITIES);
  });

  it("stands still at the first statement, and goes from one to the next and back", async () => {
    const { body } = await adapter.launch();
    assert.equal(body.reason, "entry");
    assert.equal(await adapter.where(), `${lineOf("=> ram")} dma nic read 0x1000`);
    assert.equal(
      await adapter.where(() => adapter.client.nextRequest(thread)),
      `step ${lineOf("pasid 7 read")} dma nic pasid 7 read 0x1000`,
    );
    assert.equal(
      await adapter.where(() => adapter.client.stepBackRequest(thread)),
      `step (Paused in reverse) ${lineOf("=> ram")} dma nic read 0x1000`,
    );
    assert.equal(
      await adapter.where(() => adapter.client.stepBackRequest(thread)),
      `step (Paused in reverse) ${lineOf("attach")} attach nic -> gpa`,
    );
  });

  it("steps into the hardware, where each frame is the statement that decided it", async () => {
    await adapter.launch();
    await adapter.where(() => adapter.client.nextRequest(thread));
    await adapter.where(() => adapter.client.stepInRequest(thread));
    const [frame] = (await adapter.client.stackTraceRequest(thread)).body.stackFrames;
    const { targets } = (await adapter.client.customRequest("stepInTargets", { frameId: frame?.id })).body;
    const table = targets.find(({ label }: { label: string }) => label.startsWith("pasid-table"));
    const place = await adapter.where(() => adapter.client.stepInRequest({ ...thread, targetId: table.id }));
    assert.match(place, /^step \d+ pasid-table: /);
    const { stackFrames } = (await adapter.client.stackTraceRequest(thread)).body;
    assert.equal(stackFrames.at(-1)?.name, 'scenario "first"');
    assert.ok(stackFrames.some(({ name, line }) => name.startsWith("device") && line === lineOf("pdev nic")));
    assert.match(await adapter.where(() => adapter.client.stepOutRequest(thread)), /\(done\)$/);
  });

  it("shows the state of the machine for a stage that no statement decided", async () => {
    await adapter.launch();
    const place = await adapter.where(() => adapter.client.stepInRequest({ ...thread, targetId: 3 }));
    assert.match(place, /pasid-directory: /);
    const { source, line } = await adapter.frame();
    assert.equal(source?.name, "state before dma nic read 0x1000");
    const { content } = await adapter.ask<{ content: string }>("source", {
      sourceReference: source?.sourceReference,
    });
    const lines = content.split("\n");
    assert.equal(lines[0], 'The machine before `dma nic read 0x1000`, in scenario "first".');
    assert.equal(lines[line - 1], "PASID table");
    assert.match(lines[line] ?? "", /^ {2}3b:00\.0 nic: 1 entry$/);
    await assert.rejects(adapter.ask("source", { sourceReference: 99 }), /another session/);
  });

  it("goes through the stages of a walk in instruction steps, forward and back", async () => {
    await adapter.launch();
    const granularity = "instruction";
    const step = () => adapter.where(() => adapter.client.nextRequest({ ...thread, granularity }));
    assert.match(await step(), /^step \d+ device: /);
    assert.match(await step(), /^step \d+ iotlb: /);
    const back = () => adapter.where(() => adapter.client.stepBackRequest({ ...thread, granularity }));
    assert.match(await back(), /\d+ device: /);
    await back();
    assert.match(await back(), /attach nic -> gpa$/);
  });

  it("stops at lines, moved to the nearest statement, with conditions, hit counts and log points", async () => {
    const source = { path: adapter.program };
    await adapter.launch({}, async () => {
      const { breakpoints } = (
        await adapter.client.setBreakpointsRequest({
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
    await adapter.where(() => adapter.client.stepBackRequest(thread));
    const logged = adapter.client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
    assert.match(await adapter.where(() => adapter.client.continueRequest(thread)), /^breakpoint 13 /);
    assert.equal((await logged).body.output, "lands at ram[0x1000]\n");
    assert.match(await adapter.where(() => adapter.client.continueRequest(thread)), /Paused at the end/);
    const { breakpoints } = (
      await adapter.client.customRequest("breakpointLocations", { source, line: 11, endLine: 14 })
    ).body;
    assert.deepEqual(
      breakpoints.map(({ line }: { line: number }) => line),
      [11, 13, 14],
    );
  });

  it("stops at operations and stages by their name", async () => {
    await adapter.launch({}, async () => {
      const breakpoints = [{ name: "unmap" }, { name: "pasid-table" }, { name: "nonsense" }];
      const placed = (await adapter.client.setFunctionBreakpointsRequest({ breakpoints })).body.breakpoints;
      assert.deepEqual(
        placed.map(({ verified }) => verified),
        [true, true, false],
      );
      assert.match(placed[2]?.message ?? "", /no statement, no kernel call and no stage/);
    });
    assert.match(
      await adapter.where(() => adapter.client.continueRequest(thread)),
      /^instruction breakpoint \d+ pasid-table/,
    );
    await adapter.where(() => adapter.client.continueRequest(thread));
    assert.match(
      await adapter.where(() => adapter.client.continueRequest(thread)),
      /^function breakpoint 14 unmap/,
    );
  });

  it("stops at exceptions, by filter and by condition, forward and in reverse", async () => {
    await adapter.launch({}, () =>
      adapter.client.setExceptionBreakpointsRequest({
        filters: ["unexpected"],
        filterOptions: [{ filterId: "fault", condition: "no-pasid-entry" }],
      }),
    );
    assert.match(
      await adapter.where(() => adapter.client.continueRequest(thread)),
      /^exception 13 .*\(done\)$/,
    );
    const info = await adapter.client.customRequest("exceptionInfo", thread);
    assert.equal(info.body.exceptionId, "0x59");
    assert.equal(info.body.details, undefined, "it was stated, so there is no finding");
    assert.match(await adapter.where(() => adapter.client.continueRequest(thread)), /^exception 15 /);
    const { details, description } = (await adapter.client.customRequest("exceptionInfo", thread)).body;
    assert.match(description, /^U090: .*\n\n\S/);
    assert.equal(details.typeName, "U090");
    assert.ok(description.endsWith(details.message), "with what the page of the rule says");
    assert.match(
      await adapter.where(() => adapter.client.reverseContinueRequest(thread)),
      /^exception \(Paused in reverse\) 13 /,
    );
  });

  it("stops where something that is watched changes, and says who changed it", async () => {
    await adapter.launch();
    const info = async (asked: object) =>
      (await adapter.client.customRequest("dataBreakpointInfo", asked))
        .body as DebugProtocol.DataBreakpointInfoResponse["body"];
    const reference = await adapter.scopeReference("Memory");
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
      (await adapter.client.customRequest("setDataBreakpoints", { breakpoints })).body.breakpoints;
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
    const output = adapter.client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
    assert.match(
      await adapter.where(() => adapter.client.continueRequest(thread)),
      /^data breakpoint 14 .*\(done\)$/,
    );
    assert.match((await output).body.output, /^`unmap vm0\.gpa 0x0 \+ 1G` \(test\.ioasid:14\) changed `page/);
    await set();
    assert.match(await adapter.where(() => adapter.client.reverseContinueRequest(thread)), /^entry /);
  });

  it("shows the machine in scopes, and marks what changed", async () => {
    await adapter.launch();
    const outcome = (await adapter.scope("Step")).find(({ name }) => name === "outcome to come");
    assert.equal(outcome?.value, "ram[0x1000]");
    assert.deepEqual(await adapter.scope("IOTLB"), []);
    await adapter.where(() => adapter.client.nextRequest(thread));
    const [cached] = await adapter.scope("IOTLB");
    assert.match(cached?.value ?? "", /^● 1 translation · vm0\.gpa/);
    await adapter.where(() => adapter.client.nextRequest(thread));
    assert.match((await adapter.scope("IOTLB"))[0]?.value ?? "", /^1 translation/);
  });

  it("sets what a guest can set, as a step of its own that can be taken back", async () => {
    await adapter.launch();
    const [frame] = (await adapter.client.stackTraceRequest(thread)).body.stackFrames;
    const { scopes } = (await adapter.client.scopesRequest({ frameId: frame?.id ?? 0 })).body;
    const { variablesReference = 0 } = scopes.find(({ name }) => name === "KVM") ?? {};
    const name = "IA32_PASID of vm0.db";
    const wrong = adapter.client.setVariableRequest({ variablesReference, name, value: "0x100000" });
    await assert.rejects(wrong, /20 bits/);
    const locked = adapter.client.setVariableRequest({ variablesReference, name: "vm0", value: "1" });
    await assert.rejects(locked, /nothing that a guest or the host can set/);
    await adapter.where(() => adapter.client.setVariableRequest({ variablesReference, name, value: "8" }));
    assert.equal((await adapter.client.evaluateRequest({ expression: "vm0.db" })).body.result, "8 (0x8)");
    assert.equal(await adapter.top(), `${lineOf("=> ram")} dma nic read 0x1000`);
    assert.match(await adapter.where(() => adapter.client.stepBackRequest(thread)), /set-pasid vm0\.db 8$/);
    assert.equal((await adapter.client.evaluateRequest({ expression: "vm0.db" })).body.result, "7 (0x7)");
  });

  it("says what a name is where somebody points at it, and of a word that is none says why", async () => {
    await adapter.launch();
    const [frame] = (await adapter.client.stackTraceRequest(thread)).body.stackFrames;
    const pointed = (expression: string) =>
      adapter.client.evaluateRequest({ expression, frameId: frame?.id ?? 0, context: "hover" });
    assert.equal((await pointed("nic")).body.result, "pdev of category 3");
    assert.equal((await pointed("vm0.db")).body.result, "7 (0x7)");
    await assert.rejects(pointed("read"), /"read"/);
  });

  it("answers queries, and completes them", async () => {
    await adapter.launch();
    const { result, variablesReference } = (
      await adapter.client.evaluateRequest({ expression: "translate nic 0x1000", context: "repl" })
    ).body;
    assert.match(result, /^ram\[0x1000\]/);
    const { variables } = (await adapter.client.variablesRequest({ variablesReference })).body;
    assert.equal(variables.at(-1)?.name, "result");
    await assert.rejects(
      adapter.client.evaluateRequest({ expression: "translate nik 0" }),
      /There is no device "nik"/,
    );
    const { targets } = (await adapter.client.completionsRequest({ text: "translate n", column: 12 })).body;
    assert.deepEqual(
      targets.map(({ label }) => label),
      ["nic"],
    );
  });

  it("goes to a line, restarts a scenario, and restarts the session", async () => {
    await adapter.launch();
    const source = { path: adapter.program };
    const { targets } = (await adapter.client.customRequest("gotoTargets", { source, line: 15 })).body;
    const goTo = () => adapter.client.customRequest("goto", { threadId: 1, targetId: targets[0].id });
    assert.match(await adapter.where(goTo), /^goto 15 /);
    const frames = (await adapter.client.stackTraceRequest(thread)).body.stackFrames;
    const restart = () => adapter.client.restartFrameRequest({ frameId: frames.at(-1)?.id ?? 0 });
    assert.match(await adapter.where(restart), /^goto \(Paused in reverse\) 11 /);
    assert.match(await adapter.where(() => adapter.client.customRequest("restart")), /^entry 11 /);
  });

  it("has a thread for each scenario, and ends with the last of them", async () => {
    await adapter.launch({ scenario: undefined });
    const { threads } = (await adapter.client.threadsRequest()).body;
    assert.deepEqual(
      threads.map(({ name }) => name),
      ["first", "second"],
    );
    const terminated = adapter.client.waitForEvent("terminated");
    for (const { id } of threads) {
      const stopped = adapter.client.waitForEvent("stopped");
      await adapter.client.continueRequest({ threadId: id });
      await stopped;
      await adapter.client.continueRequest({ threadId: id });
    }
    await terminated;
  });

  it("runs to the end and terminates, where nobody asked to stand still", async () => {
    await adapter.client.initializeRequest();
    const terminated = adapter.client.waitForEvent("terminated");
    const initialized = adapter.client.waitForEvent("initialized");
    const launched = adapter.client.launchRequest({ program: adapter.program, stopOnEntry: false } as never);
    await initialized;
    await adapter.client.configurationDoneRequest();
    await Promise.all([launched, terminated]);
  });

  it("terminates when it is told to", async () => {
    await adapter.launch();
    const terminated = adapter.client.waitForEvent("terminated");
    await adapter.client.customRequest("terminate");
    await terminated;
  });

  it("says why it cannot start: no file, no such scenario, errors in the file", async () => {
    await adapter.client.initializeRequest();
    const tries = async (more: object, why: RegExp) =>
      assert.rejects(adapter.client.launchRequest({ program: adapter.program, ...more } as never), why);
    await tries({ program: undefined }, /names no `program`/);
    await tries({ program: join(adapter.folder, "none.ioasid") }, /cannot be read/);
    await tries({ scenario: "third" }, /has no scenario "third"/);
    const wrong = adapter.write("wrong.ioasid", LINES.join("\n").replace("bind nic", "bind nik"));
    await tries({ program: wrong }, /has an error: .*ignoreErrors/);
  });
});

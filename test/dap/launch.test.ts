import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { useAdapter } from "./adapter-process.js";

const LINES = [
  "// The host of every test here.",
  "iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }",
  "pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }",
  "guest vm0 {",
  "  memory ram at 0x4000_0000 + 1G",
  "  bind nic",
  "  ioasid gpa",
  "  attach nic -> gpa",
  "  map gpa 0x0 + 1G -> ram",
  "}",
  'scenario "first" {',
  "  dma nic read 0x1000",
  "  ioasid vm0.gva on vm0.gpa page-table",
  "  attach nic pasid 7 -> vm0.gva",
  "  dma nic pasid 7 read 0x1000 => page-request",
  "  dma nic pasid 7 read 0x2000",
  "}",
  "// The end.",
];

const thread = { threadId: 1 };

describe("a launch of the debug adapter", () => {
  const adapter = useAdapter(LINES);
  const outcome = async (): Promise<string> =>
    (await adapter.client.evaluateRequest({ expression: "outcome" })).body.result;

  it("stands still at every finding, where it says so", async () => {
    await adapter.launch({ stopOnFinding: true });
    const place = await adapter.where(() => adapter.client.continueRequest(thread));
    assert.match(place, /^exception 16 .*\(done\)$/);
  });

  it("runs to the first finding, where nobody wants to stand still at the entry", async () => {
    const { body } = await adapter.launch({ stopOnFinding: true, stopOnEntry: false });
    assert.equal(body.reason, "exception");
    assert.match(body.text ?? "", /^U090: /);
  });

  it("runs with the version of the calls that it names", async () => {
    await adapter.launch({ uapi: "v1" });
    await adapter.where(() => adapter.client.nextRequest(thread));
    assert.equal(await outcome(), "ENOTTY");
    const info = (await adapter.client.evaluateRequest({ expression: "rule" })).body.result;
    assert.equal(info, "U015");
  });

  it("runs what the file becomes behind iommufd, at the lines that it comes from", async () => {
    await adapter.client.initializeRequest();
    const entry = adapter.client.waitForEvent("stopped");
    const notes = adapter.client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
    await adapter.begin({ program: adapter.program, uapi: "iommufd" });
    await entry;
    assert.match((await notes).body.output, /^test\.ioasid runs behind iommufd: .*\n/);
    const source = { path: adapter.program };
    const breakpoints = [{ line: 13 }, { line: 14 }];
    const placed = (await adapter.client.setBreakpointsRequest({ source, breakpoints })).body.breakpoints;
    assert.deepEqual(
      placed.map(({ verified, line }) => [verified, line]),
      [
        [true, 14],
        [true, 14],
      ],
      "a table is made where its first device needs it",
    );
    const at: string[] = [];
    await adapter.where(() => adapter.client.continueRequest(thread));
    for (let steps = 0; steps < 4; steps += 1) {
      const { stackFrames } = (await adapter.client.stackTraceRequest(thread)).body;
      const [frame] = stackFrames;
      assert.equal(frame?.source?.path, adapter.program);
      at.push(`${frame?.line}: ${frame?.name}`);
      await adapter.where(() => adapter.client.nextRequest(thread));
    }
    assert.deepEqual(at, [
      "14: fault-queue vm0.faults",
      "14: hwpt vm0.gva on vm0.gpa-s2 for nic pasid fault vm0.faults data vtd-s1",
      "14: attach nic pasid 7 -> vm0.gva",
      "15: dma nic pasid 7 read 0x1000",
    ]);
    await assert.rejects(
      adapter.client.customRequest("ioasid/saveScenario", thread),
      /statements of iommufd, and the file is written for the RFC/,
    );
  });

  it("runs a file of iommufd behind iommufd, and says why not behind the RFC", async () => {
    const program = adapter.write(
      "today.ioasid",
      `uapi iommufd\npdev nic at 3b:00.0 { category 0 }\nguest vm0 {\n  memory ram at 0x0 + 1M\n  bind nic\n  ioas gpa { map 0x0 + 1M -> 0x0 }\n  attach nic -> gpa\n}\nscenario "first" { dma nic read 0x1000 }\n`,
    );
    await adapter.client.initializeRequest();
    await assert.rejects(
      adapter.client.launchRequest({ program, uapi: "v2" } as never),
      /^Error: today\.ioasid is written for iommufd, and cannot run with "uapi": "v2"; there is no way back/,
    );
    const entry = adapter.client.waitForEvent("stopped");
    await adapter.begin({ program, uapi: "iommufd" });
    await entry;
    assert.equal(await outcome(), "ram[0x1000]");
  });

  it("says why a file with mistakes cannot be put behind iommufd", async () => {
    const program = adapter.write("wrong.ioasid", 'scenario "first" { dma nik read 0x1000 }\n');
    await adapter.client.initializeRequest();
    await assert.rejects(
      adapter.client.launchRequest({ program, uapi: "iommufd" } as never),
      /not understood as a whole, so it was not ported/,
    );
  });

  it("reaches files of the workspace, and no others", async () => {
    adapter.write("host.ioasid", LINES.slice(0, 10).join("\n"));
    const text = `import "host.ioasid"\nimport "../far.ioasid"\nscenario "first" { dma nic read 0x1000 }\n`;
    const program = adapter.write("main.ioasid", text);
    await adapter.client.initializeRequest();
    const root = adapter.folder;
    await assert.rejects(
      adapter.client.launchRequest({ program, root } as never),
      /"\.\.\/far\.ioasid" lies outside/,
    );
    const entry = adapter.client.waitForEvent("stopped");
    await adapter.begin({ program, root, ignoreErrors: true });
    await entry;
    assert.equal(await outcome(), "ram[0x1000]");
  });

  it("has the configuration of the workspace", async () => {
    const config = adapter.write("ioasid.config.json", '{ "policy": "none" }');
    await adapter.client.initializeRequest();
    const { program } = adapter;
    await assert.rejects(adapter.client.launchRequest({ program } as never), /has an error: .*policy/);
    rmSync(config);
  });

  it("tells once that the file was edited meanwhile, and debugs the new text after a restart", async () => {
    await adapter.launch();
    await adapter.where(() => adapter.client.nextRequest(thread));
    adapter.write("test.ioasid", LINES.join("\n").replace("read 0x1000", "read 0x5000"));
    const stale = adapter.client.waitForEvent("ioasid/stale");
    const output = adapter.client.waitForEvent("output") as Promise<DebugProtocol.OutputEvent>;
    const place = await adapter.where(() => adapter.client.stepBackRequest(thread));
    assert.match(place, /^step \(Paused in reverse, in a file that was edited meanwhile\) 12 /);
    assert.deepEqual((await stale).body, { files: ["test.ioasid"] });
    assert.match((await output).body.output, /^test\.ioasid changed after the start/);
    assert.equal(await outcome(), "ram[0x1000]", "until then it is the text before");
    let told = 0;
    adapter.client.on("ioasid/stale", () => {
      told += 1;
    });
    const next = await adapter.where(() => adapter.client.nextRequest(thread));
    assert.match(next, /^step \(Paused, in a file that was edited meanwhile\) 13 /);
    assert.equal(told, 0);
    const again = await adapter.where(() => adapter.client.customRequest("restart"));
    assert.match(again, /^entry 12 /);
    assert.equal(await outcome(), "ram[0x5000]");
  });

  it("keeps breakpoints at the statements of their lines when the file is edited and started anew", async () => {
    const source = { path: adapter.program };
    await adapter.launch({}, async () => {
      await adapter.client.setBreakpointsRequest({ source, breakpoints: [{ line: 15 }] });
      await adapter.client.setFunctionBreakpointsRequest({ breakpoints: [{ name: "attach" }] });
    });
    adapter.write("test.ioasid", ["// Two lines", "// more.", ...LINES].join("\n"));
    // An editor moves its breakpoints along, and tells that before somebody restarts.
    const { body } = await adapter.client.setBreakpointsRequest({
      source,
      breakpoints: [{ line: 17 }],
      sourceModified: true,
    });
    assert.equal(body.breakpoints[0]?.line, 16, "in the text that is debugged");
    const moved = adapter.client.waitForEvent("breakpoint") as Promise<DebugProtocol.BreakpointEvent>;
    await adapter.where(() => adapter.client.customRequest("restart"));
    assert.deepEqual((await moved).body, {
      reason: "changed",
      breakpoint: { id: body.breakpoints[0]?.id, verified: true, line: 17 },
    });
    const stops: string[] = [];
    for (let stop = 0; stop < 2; stop += 1) {
      stops.push(await adapter.where(() => adapter.client.continueRequest(thread)));
    }
    assert.deepEqual(stops, [
      "function breakpoint 16 attach nic pasid 7 -> vm0.gva",
      "breakpoint 17 dma nic pasid 7 read 0x1000",
    ]);
  });

  it("stays with the text before when the edited file has mistakes, and says why", async () => {
    await adapter.launch();
    adapter.write("test.ioasid", LINES.join("\n").replace("dma nic read", "dma nik read"));
    await assert.rejects(adapter.client.customRequest("restart"), /has an error: "nik" is not declared/);
    assert.equal(await outcome(), "ram[0x1000]");
  });

  it("moves breakpoints in comments and between statements to the nearest one, and says so", async () => {
    await adapter.launch();
    const breakpoints = [{ line: 1 }, { line: LINES.length }, { line: 11 }];
    const source = { path: adapter.program };
    const placed = (await adapter.client.setBreakpointsRequest({ source, breakpoints })).body.breakpoints;
    assert.deepEqual(
      placed.map(({ verified, line, message }) => [verified, line, message]),
      [
        [true, 6, "Line 1 has no statement; this is the nearest."],
        [true, 16, "Line 18 has no statement; this is the nearest."],
        [true, 12, "Line 11 has no statement; this is the nearest."],
      ],
    );
    const other = { path: `${adapter.folder}/other.ioasid` };
    const [foreign] = (await adapter.client.setBreakpointsRequest({ source: other, breakpoints })).body
      .breakpoints;
    assert.match(foreign?.message ?? "", /no part of the program/);
  });

  it("answers a query without sense with what would make sense", async () => {
    await adapter.launch();
    for (const [expression, why] of [
      ["translate", /The name of a device is missing/],
      ["who maps", /A memory or an address is missing/],
      ["🙂", /missing/],
      ["", /empty query/],
      ["((((", /missing/],
    ] as const) {
      await assert.rejects(adapter.client.evaluateRequest({ expression }), why);
    }
  });

  it("survives page requests that are answered again and again, and never mended", async () => {
    await adapter.launch();
    await adapter.where(() => adapter.client.customRequest("ioasid/travel", { ...thread, step: 8 }));
    for (let answer = 0; answer < 60; answer += 1) {
      const { requests } = await adapter.ask<{
        requests: { items: { spaceNumber: number }[]; total: number };
      }>("ioasid/state", thread);
      assert.equal(requests.total, 1);
      const { spaceNumber } = requests.items[0] ?? { spaceNumber: -1 };
      const asked = { ...thread, spaceNumber, index: 0, success: true };
      await adapter.where(() => adapter.client.customRequest("ioasid/respond", asked));
    }
    const end = await adapter.where(() => adapter.client.continueRequest(thread));
    assert.match(end, /Paused at the end/);
  });
});

describe("a long scenario in the debug adapter", () => {
  const many = Array.from({ length: 60_000 }, (_, index) => `  dma nic read ${4096 + index}`);
  const adapter = useAdapter([...LINES.slice(0, 12), ...many, "}"]);

  /** Begins to run, with something that is looked at after every step. */
  async function run(supportsProgressReporting = false): Promise<void> {
    await adapter.client.initializeRequest({
      adapterID: "ioasid",
      pathFormat: "path",
      supportsProgressReporting,
    });
    const entry = adapter.client.waitForEvent("stopped");
    await adapter.begin({ program: adapter.program });
    await entry;
    const breakpoints = [{ dataId: "reach nic", condition: "1 == 2" }];
    await adapter.client.customRequest("setDataBreakpoints", { breakpoints });
    await adapter.client.continueRequest(thread);
  }

  it("can be paused, and does nothing else meanwhile", async () => {
    await run();
    await assert.rejects(adapter.client.nextRequest(thread), /is running; pause it first/);
    assert.match(await adapter.where(() => adapter.client.pauseRequest(thread)), /^pause /);
    assert.match(await adapter.where(() => adapter.client.nextRequest(thread)), /^step /);
  });

  it("tells how far it is, and is cancelled by its progress", async () => {
    const begun = adapter.client.waitForEvent("progressStart") as Promise<DebugProtocol.ProgressStartEvent>;
    const updated = adapter.client.waitForEvent(
      "progressUpdate",
    ) as Promise<DebugProtocol.ProgressUpdateEvent>;
    const ended = adapter.client.waitForEvent("progressEnd") as Promise<DebugProtocol.ProgressEndEvent>;
    await run(true);
    const { progressId, title, cancellable } = (await begun).body;
    assert.deepEqual([title, cancellable], ['Running "first"', true]);
    assert.ok(((await updated).body.percentage ?? 0) > 0);
    const cancel = () => adapter.client.customRequest("cancel", { progressId });
    assert.match(await adapter.where(cancel), /^pause /);
    assert.equal((await ended).body.progressId, progressId);
  });

  it("can be left while it runs", async () => {
    await run();
    await adapter.leave();
  });
});

describe("two sessions of the debug adapter", () => {
  const adapter = useAdapter(LINES);
  let other: DebugClient;

  beforeEach(async () => {
    other = new DebugClient(process.execPath, "dist/ioasid-debug-adapter.cjs", "ioasid");
    await other.start();
  });
  afterEach(() => other.stop());

  it("of one file know nothing of each other", async () => {
    await adapter.launch();
    await other.initializeRequest();
    const entry = other.waitForEvent("stopped");
    const initialized = other.waitForEvent("initialized");
    const launched = other.launchRequest({ program: adapter.program } as never);
    await initialized;
    await other.configurationDoneRequest();
    await launched;
    await entry;
    await adapter.where(() => adapter.client.nextRequest(thread));
    const [frame] = (await other.stackTraceRequest(thread)).body.stackFrames;
    assert.equal(frame?.line, 12);
    assert.match(await adapter.top(), /^13 /);
  });
});

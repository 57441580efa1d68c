import assert from "node:assert/strict";
import { runInSlices } from "../../cli/slices.js";
import { styleFor } from "../../cli/terminal.js";
import { watched } from "../../cli/watch.js";
import type { Run } from "../../engine/language/index.js";
import { PLAIN } from "../../engine/report/text/style.js";
import { programOf } from "../report/host.js";

describe("a long run", () => {
  const program = programOf("");
  const silent = { write: () => assert.fail("nothing is to be shown") };

  it("goes to its end in slices", async () => {
    let slices = 0;
    const run = { advance: () => ++slices < 1000 } as unknown as Run;
    assert.equal(await runInSlices(run, { progress: () => undefined, isStopped: () => false }), true);
    assert.equal(slices, 1000);
  });

  it("stops between two slices when it is told to", async () => {
    const run = { advance: () => true } as unknown as Run;
    assert.equal(await runInSlices(run, { progress: () => undefined, isStopped: () => true }), false);
  });

  it("is stopped by SIGINT, which is heard only while it runs", async () => {
    const before = process.listenerCount("SIGINT");
    const wasStopped = await watched(program, silent, async (watcher) => {
      process.emit("SIGINT");
      return watcher.isStopped();
    });
    assert.equal(wasStopped, true);
    assert.equal(process.listenerCount("SIGINT"), before);
  });

  it("shows how far it is after a second, ten times a second, and wipes that away", async () => {
    const written: string[] = [];
    const terminal = { isTTY: true, write: (text: string) => written.push(text) };
    let clock = 0;
    await watched(
      { ...program, start: Array.from({ length: 12345 }) as never },
      terminal,
      async ({ progress }) => {
        for (const [at, steps] of [
          [999, 100],
          [1000, 200],
          [1050, 300],
          [1100, 99999],
        ] as const) {
          clock = at;
          progress(steps);
        }
      },
      () => clock,
    );
    assert.deepEqual(written, [
      "\r\u001b[Ka.ioasid: 200 of 12,345 steps",
      "\r\u001b[Ka.ioasid: 12,345 of 12,345 steps",
      "\r\u001b[K",
    ]);
  });

  it("shows nothing where there is no terminal", async () => {
    let clock = 0;
    await watched(
      program,
      silent,
      async ({ progress }) => progress(1),
      () => (clock += 5000),
    );
  });
});

describe("colours", () => {
  const style = (isTerminal: boolean, wanted: boolean, environment: Record<string, string>) =>
    styleFor(wanted, { isTerminal, environment }).red("x");

  it("are used on a terminal", () => assert.equal(style(true, true, {}), "\u001b[31mx\u001b[39m"));
  it("are not used in a pipe", () => assert.equal(style(false, true, {}), "x"));
  it("are not used with --no-color", () => assert.equal(style(true, false, {}), "x"));
  it("are not used with NO_COLOR, unless it is empty", () => {
    assert.equal(style(true, true, { NO_COLOR: "1" }), "x");
    assert.equal(style(true, true, { NO_COLOR: "" }), "\u001b[31mx\u001b[39m");
  });
  it("are not used on a dumb terminal", () => assert.equal(style(true, true, { TERM: "dumb" }), "x"));
  it("are never part of the plain style", () => {
    for (const paint of Object.values(PLAIN)) assert.equal(paint("x"), "x");
  });
});

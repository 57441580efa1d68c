import assert from "node:assert/strict";
import {
  ProgressType,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver-protocol";
import { STATUS, type Status } from "../../server/protocol/index.js";
import { closeGate, InProcess, WORK } from "./in-process.js";

const URI = `${WORK}/test.ioasid`;

const LONG = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 { category 0 }
guest vm0 { bind nic  ioasid gpa  attach nic -> gpa }
scenario "long" {
${"  dma nic read 0x1000 => fault\n".repeat(300)}  dma nic read 0x1000
}
`;

type WorkDoneProgress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** A session in which a long run goes on, and what the client hears of it. */
async function running() {
  const session = await InProcess.start({ capabilities: { window: { workDoneProgress: true } } });
  const heard: WorkDoneProgress[] = [];
  const tokens: (string | number)[] = [];
  session.client.onRequest("window/workDoneProgress/create", ({ token }: { token: string | number }) => {
    tokens.push(token);
    session.client.onProgress(new ProgressType<WorkDoneProgress>(), token, (value) => {
      heard.push(value);
    });
    return null;
  });
  const states: string[] = [];
  session.client.onNotification(STATUS, ({ state }: Status) => {
    states.push(state);
  });
  const gate = closeGate(session);
  await session.open(URI, LONG);
  await session.advance(1000);
  await session.advance(0);
  return { session, heard, tokens, states, gate };
}

describe("the progress of a run", () => {
  it("is shown when it takes longer than a moment, and the status tells of it", async () => {
    const { session, heard, states, gate } = await running();
    await session.advance(1000);
    await session.advance(0);
    assert.deepEqual(heard, [
      { kind: "begin", title: "IOASID", message: "Simulating test.ioasid", cancellable: true },
    ]);
    assert.equal(states.at(-1), "simulating");
    gate.open();
    await session.settle();
    assert.deepEqual(heard.at(-1), { kind: "end" });
    assert.equal(states.at(-1), "idle");
    assert.deepEqual(session.codes(URI), ["U090"]);
    await session.stop();
  });

  it("has a button that stops the run, whose findings are then not known", async () => {
    const { session, heard, tokens, gate } = await running();
    await session.advance(1000);
    await session.client.sendNotification("window/workDoneProgress/cancel", { token: tokens[0] });
    await session.advance(0);
    gate.open();
    await session.settle();
    assert.deepEqual(heard.at(-1), { kind: "end" });
    assert.deepEqual(session.codes(URI), []);
    session.betweenSlices = () => Promise.resolve();
    await session.change(URI, `${LONG}\n`);
    await session.settle();
    assert.deepEqual(session.codes(URI), ["U090"], "the next edit runs it again");
    await session.stop();
  });

  it("is not shown to a client that has no place for it", async () => {
    const session = await InProcess.start();
    const gate = closeGate(session);
    await session.open(URI, LONG);
    await session.advance(1000);
    await session.advance(1000);
    gate.open();
    await session.settle();
    assert.deepEqual(session.codes(URI), ["U090"]);
    await session.stop();
  });
});

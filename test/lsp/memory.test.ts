import assert from "node:assert/strict";
import { growingPercent } from "../../server/lsp/node/memory.js";
import { InProcess, WORK } from "./in-process.js";

describe("the memory of the server", () => {
  it("grows with what is open: opened, edited and closed documents are told", async () => {
    const session = await InProcess.start();
    await session.open(`${WORK}/a.ioasid`, "cpu { }\n");
    await session.open(`${WORK}/b.ioasid`, "cpu { enqcmd }\n");
    await session.advance(0);
    assert.equal(session.openUnits, 8 + 15);
    const start = { line: 0, character: 6 };
    await session.change(`${WORK}/a.ioasid`, { range: { start, end: start }, text: "enqcmd " });
    await session.advance(0);
    assert.equal(session.openUnits, 15 + 15);
    await session.close(`${WORK}/b.ioasid`);
    await session.advance(0);
    assert.equal(session.openUnits, 15);
    await session.stop();
  });

  it("is kept small for files of ten thousand lines", () => {
    assert.equal(growingPercent(0), 20);
    assert.equal(growingPercent(500_000), 20);
    assert.equal(growingPercent(5_000_000), 40);
  });
});

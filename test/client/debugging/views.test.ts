import assert from "node:assert/strict";
import { CONTENTS } from "../../../client/debugging/views/contents.js";
import { threadOf } from "../../debugger/threads.js";
import { assertStored } from "../../report/stored.js";
import { treeLines } from "../views/tree-lines.js";
import { stateOf, TEXT } from "./standing.js";

describe("the views of the debugger", () => {
  const thread = threadOf(TEXT);

  it("show the machine in the middle of a scenario, and the way there and back", () => {
    thread.travel(thread.timeline.length);
    thread.stepBack();
    const state = stateOf(thread);
    const text = CONTENTS.flatMap(({ id, roots }) => [id, ...treeLines(TEXT, roots(state), "  "), ""]);
    assertStored("test/client/debugging/fixtures/views.txt", text.join("\n"));
  });

  it("say how much wants to be looked at", () => {
    const state = stateOf(thread);
    const said = CONTENTS.flatMap(({ id, attention }) => (attention ? [[id, ...attention(state)]] : []));
    assert.deepEqual(said, [
      ["ioasidDebug.kvm", 1, "missing or in conflict"],
      ["ioasidDebug.iotlb", 1, "with stale translations"],
      ["ioasidDebug.faults", 1, "waiting for a page response"],
    ]);
  });

  it("say something where there is nothing to show", () => {
    for (const { id, empty } of CONTENTS) assert.match(empty, /^[A-Z].*\.$/, id);
  });
});

import assert from "node:assert/strict";
import { tableOf } from "../../../client/debugging/tables/columns.js";
import { tableNames } from "../../../client/debugging/tables/names.js";
import { machineStatePage } from "../../../engine/report/index.js";
import type { DebugState, StateItem } from "../../../server/protocol/index.js";
import { threadOf } from "../../debugger/threads.js";
import { assertStored } from "../../report/stored.js";
import { stateOf, TEXT } from "./standing.js";

describe("the tables of the debugger", () => {
  const thread = threadOf(TEXT);
  thread.travel(thread.timeline.length);
  thread.stepBack();
  const state = stateOf(thread);

  /** The items of a list, as the adapter would give them. */
  function itemsOf(list: string): readonly StateItem[] {
    const { history, faults }: DebugState = state;
    const own = [history, faults].find((page) => page.list === list);
    if (own) return own.items;
    const place = { uri: "", range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
    const { program } = thread.timeline;
    const standing = { program, machine: thread.machine, placeOf: () => place };
    return machineStatePage(standing, { list, from: 0, count: 10 }).items;
  }

  it("have a column for each fact, and mark rows that want to be looked at", () => {
    const text = tableNames(state).map(({ list, title, total }) => {
      const { columns, rows } = tableOf(list, itemsOf(list));
      const lines = rows
        .slice(0, 5)
        .map(({ cells, sign }) => `  ${cells.join(" | ")}${sign ? ` [${sign}]` : ""}`);
      for (const { cells } of rows) assert.equal(cells.length, columns.length, title);
      return [`${title} (${total})`, `  ${columns.join(" | ")}`, ...lines, ""].join("\n");
    });
    assertStored("test/client/debugging/fixtures/tables.txt", text.join("\n"));
  });

  it("are empty of a list that there is no more", () => {
    assert.deepEqual(tableOf("unknown:1", []), { columns: [], rows: [] });
  });
});

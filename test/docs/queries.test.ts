import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { COMMANDS } from "../../engine/debugger/index.js";
import { QUERIES, withAnswers } from "./queries.js";

describe("the page about queries", () => {
  const page = readFileSync(QUERIES, "utf8");

  it("has the answers that the debugger gives: after a change of them, run `npm run docs`", () => {
    assert.equal(page, withAnswers(page));
  });

  it("has an example of every question", () => {
    for (const word of Object.keys(COMMANDS)) assert.match(page, new RegExp(`^> ${word} `, "m"), word);
  });
});

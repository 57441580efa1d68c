import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { Timeline } from "../../engine/debugger/index.js";
import { stepOutcome } from "../../engine/report/index.js";
import { root } from "../helpers/marks.js";
import { viewOf } from "../services/view.js";

const TEXTS = readdirSync(`${root}/examples`)
  .filter((name) => name.endsWith(".ioasid"))
  .map((name) => [name, readFileSync(`${root}/examples/${name}`, "utf8")] as const)
  .filter(([, text]) => !text.includes("import "));

describe("stepping through every example", () => {
  for (const [name, text] of TEXTS) {
    it(`comes to the outcomes of a run: ${name}`, () => {
      const { result } = viewOf(text);
      assert.ok(result);
      const { program } = result;
      for (const { scenario, steps } of result.scenarios) {
        const timeline = new Timeline(program, scenario);
        // One after the other, each on a copy of the machine, as a person goes.
        const stepped = steps.map((_, index) => timeline.result(timeline.first + index));
        const words = (all: typeof steps) => all.map((each) => stepOutcome(program.platform, each));
        assert.deepEqual(words(stepped), words(steps), scenario.title);
      }
    });
  }
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { compile, runToEnd } from "../../engine/language/index.js";
import { checkJson, checkText, PLAIN, runJson, runText, type Style } from "../../engine/report/index.js";
import { assertStored } from "./stored.js";

const FOLDER = "test/report/fixtures";

/** Runs a fixture under the name that it has in its folder. */
function runOf(name: string) {
  const text = readFileSync(`${FOLDER}/${name}`, "utf8");
  const host = { read: () => text, resolve: () => ({ error: "A fixture imports nothing." }) };
  return runToEnd(compile(name, host), { record: true });
}

describe("the text of a run", () => {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".ioasid"))) {
    const run = () => runOf(name);

    it(`of ${name} is the stored one`, () => {
      assertStored(`${FOLDER}/${name}.txt`, runText(run(), PLAIN));
    });

    it(`of ${name} has its JSON beside it`, () => {
      const result = run();
      const json = `${JSON.stringify(runJson([result]), undefined, 2)}\n`;
      assertStored(`${FOLDER}/${name}.json`, json);
      assert.deepEqual(checkJson([result]).diagnostics, runJson([result]).files[0]?.diagnostics);
    });

    it(`of ${name} fits 100 columns`, () => {
      const long = runText(run(), PLAIN)
        .split("\n")
        .filter((line) => line.length > 100);
      assert.deepEqual(long, []);
    });

    it(`of ${name} says the same with colours`, () => {
      const mark = (sign: string) => (text: string) => `<${sign}>${text}</${sign}>`;
      const style: Style = {
        bold: mark("b"),
        dim: mark("d"),
        red: mark("r"),
        green: mark("g"),
        yellow: mark("y"),
        cyan: mark("c"),
      };
      const unmarked = (text: string) => text.replace(/<\/?[bdrgyc]>/g, "");
      assert.equal(unmarked(runText(run(), style)), runText(run(), PLAIN));
      const { program, diagnostics } = run();
      assert.equal(unmarked(checkText(program, diagnostics, style)), checkText(program, diagnostics, PLAIN));
    });
  }
});

import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { writeJson } from "../../cli/output.js";

/** What a reader gets that takes its time for each chunk. */
async function written(value: unknown): Promise<string> {
  let text = "";
  const stream = new Writable({
    highWaterMark: 16,
    write(chunk, _encoding, done) {
      text += chunk;
      setImmediate(done);
    },
  });
  await writeJson(stream, value);
  return text;
}

describe("JSON that is written in parts", () => {
  const values: readonly unknown[] = [
    {},
    [],
    null,
    'a \u2028 " text',
    [1, [2, [3, [4, [5, [6, [7, [8, {}]]]]]]]],
    { version: 1, files: [{ file: "a", diagnostics: [], scenarios: [{ steps: [{ line: 1, hpa: null }] }] }] },
    { long: Array.from({ length: 20_000 }, (_, index) => ({ index, text: "x".repeat(index % 50) })) },
  ];
  for (const value of values) {
    const text = JSON.stringify(value);
    it(`is the same as at once: ${text.slice(0, 40)}`, async () => {
      assert.equal(await written(value), `${text}\n`);
    });
  }
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { unifiedDiff } from "../../cli/diff.js";

/** What `patch` makes of a diff, without any tolerance. */
function patched(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  const lines = diff.split("\n").slice(2, -1);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    const header = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@$/.exec(line);
    if (header) {
      const first = Number(header[1]) - (header[2] === "0" ? 0 : 1);
      result.push(...old.slice(at, first));
      at = first;
      continue;
    }
    if (line.startsWith("\\")) continue;
    const text = line.slice(1) + (lines[index + 1]?.startsWith("\\") ? "" : "\n");
    if (line[0] !== "+") assert.equal(old[at++], text);
    if (line[0] !== "-") result.push(text);
  }
  return [...result, ...old.slice(at)].join("");
}

describe("a unified diff", () => {
  it("is nothing for equal texts", () => {
    assert.equal(unifiedDiff("a", "x\n", "x\n"), "");
  });

  it("shows three lines around a change, and says where the last line break is missing", () => {
    assert.equal(
      unifiedDiff("a", "1\n2\n3\n4\n5\n", "1\n2\n3\n4\nfive"),
      "--- a\n+++ a\n@@ -2,4 +2,4 @@\n 2\n 3\n 4\n-5\n+five\n\\ No newline at end of file\n",
    );
    assert.equal(unifiedDiff("a", "", "x\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
  });

  it("leads from one text to the other", () => {
    const text = fc
      .array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d"), { maxLength: 30 })
      .map((list) => list.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff("f", before, after);
        assert.equal(diff === "" ? before : patched(before, diff), after);
      }),
      { numRuns: 500 },
    );
  });
});

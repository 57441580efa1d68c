import assert from "node:assert/strict";
import { compile, type Diagnostic, RULES, runToEnd } from "../../../engine/language/index.js";

/** It holds for every attach of categories 4 and 5, so no file is marked with it. */
const TOLD_BY_ITS_PAGE_ONLY = "P030";

/** All that is found in an example, which is a file of its own and imports nothing that exists. */
function findingsIn(text: string): readonly Diagnostic[] {
  const file = "example.ioasid";
  const read = (path: string) => (path === file ? text : { error: `There is no file "${path}".` });
  return runToEnd(compile(file, { read, resolve: (_from, target) => target })).diagnostics;
}

function words({ code, severity, message }: Diagnostic): string {
  return `${code} ${severity}: ${message}`;
}

for (const [id, rule] of RULES) {
  if (id === TOLD_BY_ITS_PAGE_ONLY) continue;

  describe(`the example of ${id}, ${rule.title}`, () => {
    it("meets the rule, and no other is broken", () => {
      const found = findingsIn(rule.example.raises);
      assert.ok(
        found.some(({ code }) => code === id),
        `only found: ${found.map(words).join("\n")}`,
      );
      const others = found.filter(({ code, severity }) => code !== id && severity === "error");
      assert.deepEqual(others.map(words), []);
    });

    it("done right, meets neither this rule nor any error", () => {
      const found = findingsIn(rule.example.avoids);
      const wrong = found.filter(({ code, severity }) => code === id || severity === "error");
      assert.deepEqual(wrong.map(words), []);
    });
  });
}

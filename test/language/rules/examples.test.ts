import assert from "node:assert/strict";
import {
  compile,
  type Diagnostic,
  type Host,
  pageOf,
  RULES,
  type Rule,
  type RunResult,
  readConfig,
  runToEnd,
} from "../../../engine/language/index.js";

/**
 * P030 holds for every attach of categories 4 and 5, so no file is marked with it: its page alone tells.
 * S069 needs a rule that fails: failing-rules.test.ts.
 */
const TOLD_BY_THEIR_PAGE_ONLY = new Set(["P030", "S069"]);

/** Rules that only an earlier refusal can lead to. */
const FOLLOWS: ReadonlyMap<string, string> = new Map([["U038", "P016"]]);

const ROOT = "self.ioasid";

/** Files that an example may import, beside itself. */
const LIBRARY: ReadonlyMap<string, string> = new Map([["v1.ioasid", "uapi v1\n"]]);

function run(text: string): RunResult {
  const host: Host = {
    read: (path) => (path === ROOT ? text : (LIBRARY.get(path) ?? { error: `There is no file "${path}".` })),
    resolve: (_from, target) => target,
  };
  return runToEnd(compile(ROOT, host));
}

/** All that is found in an example. */
function findingsIn(text: string, rule: Rule): readonly Diagnostic[] {
  if (pageOf(rule).example.of === "config") return readConfig(text, "ioasid.config.json").diagnostics;
  return run(text).diagnostics;
}

/** What the calls of an example that this rule refuses return. */
function errnosIn(text: string, id: string): string[] {
  const { start, scenarios } = run(text);
  return [...start, ...scenarios.flatMap(({ steps }) => steps)].flatMap(({ outcome }) =>
    outcome?.kind === "refused" && outcome.refusal.rule === id ? [outcome.refusal.errno] : [],
  );
}

function words({ code, severity, message }: Diagnostic): string {
  return `${code} ${severity}: ${message}`;
}

for (const [id, rule] of RULES) {
  if (TOLD_BY_THEIR_PAGE_ONLY.has(id)) continue;

  describe(`the example of ${id}, ${rule.title}`, () => {
    it("meets the rule, and no other is broken", () => {
      const found = findingsIn(pageOf(rule).example.raises, rule);
      assert.ok(
        found.some(({ code }) => code === id),
        `only found: ${found.map(words).join("\n")}`,
      );
      const others = found.filter(
        ({ code, severity }) => code !== id && code !== FOLLOWS.get(id) && severity === "error",
      );
      // A text that is no sentence of the language may well break more than one rule.
      if (!id.startsWith("S")) assert.deepEqual(others.map(words), []);
    });

    it("returns an errno that the rule names", () => {
      for (const errno of errnosIn(pageOf(rule).example.raises, id)) {
        assert.ok((rule.errno as readonly string[] | undefined)?.includes(errno), `${errno} is not named`);
      }
    });

    it("done right, meets neither this rule nor any error", () => {
      const found = findingsIn(pageOf(rule).example.avoids, rule);
      const wrong = found.filter(({ code, severity }) => code === id || severity === "error");
      assert.deepEqual(wrong.map(words), []);
    });
  });
}

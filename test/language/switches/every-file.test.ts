import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  compile,
  configSchema,
  type Host,
  type RunResult,
  readConfig,
  runToEnd,
  type StepResult,
} from "../../../engine/language/index.js";

const FILES = ["examples", "test/fixtures/domain"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ioasid"))
    .map((name) => join(folder, name)),
);

/** Every rule that has a level. */
const { properties } = configSchema() as { properties: { rules: { properties: Record<string, object> } } };
const RULES = Object.keys(properties.rules.properties);

function run(file: string, level?: string): RunResult {
  const host: Host = {
    read: (path) => readFileSync(path, "utf8"),
    resolve: (from, target) => join(dirname(from), target),
  };
  const rules = Object.fromEntries(RULES.map((id) => [id, level]));
  const config = readConfig(
    JSON.stringify({ rules: level === undefined ? {} : rules }),
    "ioasid.config.json",
  );
  return runToEnd(compile(file, host, { config }));
}

function stepsOf({ start, scenarios }: RunResult): readonly StepResult[] {
  return [...start, ...scenarios.flatMap(({ steps }) => steps)];
}

function errorsOf({ diagnostics }: StepResult): number {
  return diagnostics.filter(({ severity }) => severity === "error").length;
}

for (const file of FILES) {
  describe(`with all its rules switched, ${file}`, () => {
    const plain = run(file);
    for (const level of ["off", "info", "warning", "error"]) {
      it(`has the same outcomes when everything is ${level}, and tells of each failed step`, () => {
        const switched = run(file, level);
        const before = stepsOf(plain);
        const after = stepsOf(switched);
        assert.equal(after.length, before.length);
        for (const [index, step] of before.entries()) {
          const other = after[index]!;
          assert.equal(other.passed, step.passed);
          assert.deepEqual(other.outcome, step.outcome);
          if (!step.passed && errorsOf(step) > 0) assert.ok(errorsOf(other) > 0, "an error stays");
          if (step.passed && level !== "error") assert.equal(errorsOf(other), 0);
        }
        const left = switched.diagnostics.filter(({ code }) => RULES.includes(code));
        if (level === "off") assert.deepEqual(left, []);
        for (const { severity, lowered } of left) {
          const expected = level === "info" ? "information" : level;
          assert.ok(severity === expected || lowered, `${severity} at level ${level}`);
        }
      });
    }
  });
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { RunResult } from "../../engine/language/index.js";
import { deviceReports } from "../../engine/report/index.js";
import { runOf } from "../report/formats/report.js";

const TEXT = readFileSync("docs/device-capabilities.md", "utf8");

/** The examples by the names on their first lines. */
const EXAMPLES = [...TEXT.matchAll(/```ioasid\n\/\/ (\S+)\n[\s\S]*?```/g)].map((match) => ({
  name: match[1] ?? "",
  text: match[0].slice("```ioasid\n".length, -"```".length),
}));

/** What the user's device reports, and its category. */
function reported(run: RunResult): { category: number; reports: string } {
  const [report = assert.fail("no device"), ...others] = deviceReports(run.machine);
  assert.deepEqual(others, [], "one device, so that it is clear who is meant");
  return { category: report.category, reports: report.reports };
}

describe("docs/device-capabilities.md", () => {
  it("has an example for every report that there is", () => {
    const found = EXAMPLES.filter(({ name }) => name !== "forgotten.ioasid").map(({ name, text }) => {
      const { category, reports } = reported(runOf(text, name));
      return `${category}: ${reports}`;
    });
    assert.deepEqual(found, [
      "0: none",
      "1: none",
      "2: none",
      "3: pasid",
      "3: pasid cpu",
      "3: pasid delegated",
      "4: pasid",
      "5: pasid cpu cpu-virt",
    ]);
  });

  for (const { name, text } of EXAMPLES) {
    it(`${name} runs as stated`, () => {
      const run = runOf(text, name);
      assert.ok(run.scenarios.length > 0);
      assert.ok(run.scenarios.every(({ passed }) => passed));
      assert.equal(run.incomplete, false);
      assert.deepEqual(
        run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
        [],
      );
    });
  }

  it("has a row of its table for every report", () => {
    const rows = [
      ...TEXT.slice(TEXT.indexOf("## What to do")).matchAll(/^\| (`[^`]+`|nothing) \| ([\d, ]+)/gm),
    ];
    assert.deepEqual(
      rows.map(([, reports]) => reports),
      ["nothing", "`pasid`", "`pasid cpu`", "`pasid delegated`", "`pasid cpu cpu-virt`"],
    );
  });

  it("gives its advice without a word about how the device is built", () => {
    const prose = TEXT.replace(/```[\s\S]*?```/g, "");
    assert.doesNotMatch(prose, /\b[pm]devs?\b|\bmediated\b/i);
  });
});

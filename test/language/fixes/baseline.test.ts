import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { unifiedDiff } from "../../../cli/diff.js";
import { pageOf, RULES } from "../../../engine/language/index.js";
import { root } from "../../helpers/marks.js";
import { applied, check, fixesIn } from "./fixing.js";

const BASELINE = `${root}/test/language/fixes/examples.diff`;

/** What each fix makes of its rule's example: title, and the lines that go and come. */
function everyFix(): string {
  const parts: string[] = [];
  for (const [id, rule] of RULES) {
    if (!rule.fixes) continue;
    const { raises } = pageOf(rule).example;
    for (const { fix } of fixesIn(check(raises), id)) {
      const diff = unifiedDiff(id, raises, applied(raises, fix));
      const lines = diff.split("\n").filter((line) => /^[-+](?![-+]{2} )/.test(line));
      parts.push(`${id} ${fix.safe ? "safe" : "choice"}: ${fix.title}\n${lines.join("\n")}\n`);
    }
  }
  return parts.join("\n");
}

/** Before and after of every fix; REFRESH=1 writes the file anew, for a reviewer to read. */
describe("the fixes of all examples", () => {
  it("change the lines that they say they change", () => {
    const found = everyFix();
    if (process.env.REFRESH) writeFileSync(BASELINE, found);
    assert.equal(found, readFileSync(BASELINE, "utf8"));
  });
});

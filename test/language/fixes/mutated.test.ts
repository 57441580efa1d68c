import assert from "node:assert/strict";
import { applyEdits, type Fix, newErrors, repair } from "../../../engine/language/index.js";
import { applied, check, FILE, fixesIn, isGone } from "./fixing.js";
import { SLIPS, slipped, TEXTS } from "./mutations.js";

/** Examples with one mistake in them, at each place where it can happen: what no author of a rule thought of. */
describe("the fixes of a file that somebody made a slip in", () => {
  for (const [name, slip] of Object.entries(SLIPS)) {
    it(`${name}: are edits of the text that do not meet, and the safe ones put their finding right without a new error`, () => {
      let texts = 0;
      for (const text of slipped(slip)) {
        texts += 1;
        const before = check(text);
        for (const { diagnostic, fix } of fixesIn(before)) {
          areEdits(fix, text);
          if (!fix.safe) continue;
          const fixed = applied(text, fix);
          const after = check(fixed);
          const wrong = newErrors(before.diagnostics, after.diagnostics).map(({ message }) => message);
          assert.deepEqual(wrong, [], `${fix.title}\n${fixed}`);
          assert.ok(isGone(before, after, diagnostic), `${fix.title}\n${fixed}`);
        }
      }
      assert.ok(texts > 0);
    });

    it(`${name}: leave nothing to do after they were applied, and less to find`, () => {
      for (const text of slipped(slip)) {
        const { text: fixed, applied: done } = repair(FILE, text, check);
        assert.equal(done.length === 0, fixed === text);
        if (fixed === text) continue;
        assert.deepEqual(newErrors(check(text).diagnostics, check(fixed).diagnostics), []);
        assert.equal(repair(FILE, fixed, check).text, fixed);
      }
    });
  }

  it("have nothing to do in the examples as they are", () => {
    for (const text of TEXTS) assert.deepEqual(repair(FILE, text, check), { text, applied: [] });
  });
});

function areEdits(fix: Fix, text: string): void {
  let end = 0;
  assert.ok(fix.edits.length > 0);
  for (const edit of fix.edits) {
    assert.equal(edit.file, FILE);
    assert.ok(edit.start >= end && edit.end >= edit.start && edit.end <= text.length, fix.title);
    end = edit.end;
  }
  assert.notEqual(applyEdits(text, fix.edits), text, fix.title);
  assert.match(fix.title, /^[A-Z]/);
}

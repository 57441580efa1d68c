import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits, newErrors, repair } from "../../../engine/language/index.js";
import { applied, check, FILE, fixesIn, isGone } from "./fixing.js";
import { mutated, TEXTS } from "./mutations.js";

/** Examples with one mistake in them: what no author of a rule thought of. */
describe("the fixes of a file that somebody made a slip in", () => {
  it("are edits of the text that do not meet", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        for (const { fix } of fixesIn(check(text))) {
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
      }),
      { numRuns: 300 },
    );
  });

  it("put their finding right without a new error, where they are safe", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const before = check(text);
        for (const { diagnostic, fix } of fixesIn(before)) {
          if (!fix.safe) continue;
          const fixed = applied(text, fix);
          const after = check(fixed);
          const wrong = newErrors(before.diagnostics, after.diagnostics).map(({ message }) => message);
          assert.deepEqual(wrong, [], `${fix.title}\n${fixed}`);
          assert.ok(isGone(before, after, diagnostic), `${fix.title}\n${fixed}`);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("leave nothing to do after they were applied, and less to find", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const { text: fixed, applied: done } = repair(FILE, text, check);
        const errors = newErrors(check(text).diagnostics, check(fixed).diagnostics);
        assert.deepEqual(errors, []);
        assert.equal(done.length === 0, fixed === text);
        assert.equal(repair(FILE, fixed, check).text, fixed);
      }),
      { numRuns: 150 },
    );
  });

  it("have nothing to do in the examples as they are", () => {
    for (const text of TEXTS) assert.deepEqual(repair(FILE, text, check), { text, applied: [] });
  });
});

import assert from "node:assert/strict";
import { newErrors, pageOf, RULES } from "../../../engine/language/index.js";
import { applied, check, FILE, fixesIn, isGone } from "./fixing.js";

/** What each fix of a rule's example makes of it: the finding gone, and no error that was not there before. */
for (const [id, rule] of RULES) {
  if (!rule.fixes) continue;

  describe(`the fixes of ${id}, ${rule.title}`, () => {
    const text = pageOf(rule).example.raises;
    const before = check(text);
    const offered = fixesIn(before, id);

    it("are offered for its example", () => {
      assert.ok(offered.length > 0);
    });

    for (const { diagnostic, fix } of offered) {
      it(`${fix.safe ? "" : "(not safe) "}${fix.title}`, () => {
        assert.ok(fix.edits.every((edit) => edit.file === FILE));
        const fixed = applied(text, fix);
        const after = check(fixed);
        const wrong = newErrors(before.diagnostics, after.diagnostics).map(
          ({ code, message }) => `${code} ${message}`,
        );
        assert.deepEqual(wrong, [], fixed);
        assert.ok(isGone(before, after, diagnostic), `still there in:\n${fixed}`);
      });
    }
  });
}

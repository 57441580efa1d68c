import assert from "node:assert/strict";
import fc from "fast-check";
import { changeBetween } from "../../../engine/language/index.js";

describe("what makes one text of another", () => {
  it("is nothing for equal texts", () => {
    assert.equal(changeBetween("attach nic -> gpa", "attach nic -> gpa"), undefined);
  });

  it("is the smallest piece that differs, the equal beginning taken first", () => {
    assert.deepEqual(changeBetween("attach nic", "attach wq0"), { start: 7, oldEnd: 10, newEnd: 10 });
    assert.deepEqual(changeBetween("0x100", "0x1000"), { start: 5, oldEnd: 5, newEnd: 6 });
    assert.deepEqual(changeBetween("0x1000", "0x100"), { start: 5, oldEnd: 6, newEnd: 5 });
    assert.deepEqual(changeBetween("", "ioasid gpa"), { start: 0, oldEnd: 0, newEnd: 10 });
  });

  it("leaves equal ends, and nothing longer would be equal, however long the texts are", () => {
    const long = fc
      .tuple(fc.nat(9000), fc.string({ maxLength: 3 }))
      .map(([count, end]) => "ab".repeat(count) + end);
    fc.assert(
      fc.property(long, fc.string(), fc.string(), long, (first, one, other, last) => {
        const [before, after] = [first + one + last, first + other + last];
        const change = changeBetween(before, after);
        if (!change) {
          assert.equal(before, after);
          return;
        }
        const { start, oldEnd, newEnd } = change;
        assert.equal(before.slice(0, start), after.slice(0, start));
        assert.equal(before.slice(oldEnd), after.slice(newEnd));
        const isEmpty = oldEnd === start || newEnd === start;
        assert.ok(isEmpty || before[start] !== after[start]);
        assert.ok(isEmpty || before[oldEnd - 1] !== after[newEnd - 1]);
      }),
    );
  });
});

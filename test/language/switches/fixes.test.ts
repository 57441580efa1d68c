import assert from "node:assert/strict";
import { applied, check, fixesIn } from "../fixes/fixing.js";
import { guest, MACHINE } from "./helpers.js";

/** What the only fix of one rule makes of a text. */
function fixed(text: string, code: string): string {
  const [offered, ...others] = fixesIn(check(text), code);
  assert.ok(offered && others.length === 0);
  assert.equal(offered.fix.safe, false, "words of the author go away");
  return applied(text, offered.fix);
}

describe("the fixes of switches", () => {
  it("take a rule that hides nothing out of the list, first or last", () => {
    const switched = (rules: string) => guest(`// ioasid-ignore ${rules} -- why\nattach wq0 pasid 7 -> gva`);
    assert.equal(fixed(switched("P027, P010"), "S066"), switched("P010"));
    assert.equal(fixed(switched("P010, P027"), "S066"), switched("P010"));
  });

  it("remove a comment that names nothing else, with its line", () => {
    assert.equal(fixed(`// ioasid-ignore P027 -- why\n${MACHINE}`, "S066"), MACHINE);
    assert.equal(fixed(`${MACHINE}cpu // ioasid-ignore P027 -- why\n`, "S066"), `${MACHINE}cpu\n`);
    assert.equal(fixed(`// ioasid-ignore -- why\n${MACHINE}`, "S063"), MACHINE);
  });

  it("write the switch and the rule that were meant", () => {
    assert.equal(
      fixed(`// ioasid-ignroe P027 -- why\n${MACHINE}`, "S063"),
      `// ioasid-ignore P027 -- why\n${MACHINE}`,
    );
    assert.equal(
      fixed(`// ioasid-ignore P0277 -- why\n${MACHINE}`, "S064"),
      `// ioasid-ignore P027 -- why\n${MACHINE}`,
    );
  });
});

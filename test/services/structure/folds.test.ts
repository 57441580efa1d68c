import assert from "node:assert/strict";
import { syntax } from "../../../engine/language/index.js";
import { foldsOf } from "../../../engine/services/index.js";

/** Folds as `kind: first line … last line`, each as it begins and ends. */
function folds(text: string): string[] {
  return foldsOf(syntax.parse(text)).map(({ kind, start, end }) => {
    const lines = text.slice(start, end).split("\n");
    return `${kind}: ${lines[0]?.trim()} … ${lines.at(-1)?.trim()}`;
  });
}

describe("folding", () => {
  it("hides what stands between the braces of a block", () => {
    const text = `iommu vtd {
  pasid-width 20
}
guest vm0 { // a guest
  ioasid gpa {
    map 0x0 + 4K -> 0x0
  }
}
pdev nic at 3b:00.0 behind vtd { category 0 }
`;
    const found = foldsOf(syntax.parse(text)).map(({ start, end }) => [
      text.slice(0, start).at(-1),
      text[end],
    ]);
    assert.deepEqual(found, [
      ["{", "}"],
      ["{", "}"],
      ["{", "}"],
    ]);
    assert.equal(folds(text).length, 3);
  });

  it("hides comments of several lines: blocks, and lines one below the other", () => {
    const text = `// one
// two
cpu { } // behind something
// alone

/* a block
   of two lines */
// three

// apart
/* short */
`;
    assert.deepEqual(folds(text), ["comment: // one … // two", "comment: /* a block … of two lines */"]);
  });

  it("hides regions, one in another, and no comment that is a marker", () => {
    const text = `// #region hosts
// region inner
iommu vtd { }
// endregion
// #endregion
// #endregion without a beginning
// #region without an end
`;
    assert.deepEqual(folds(text), [
      "region: // #region hosts … // #endregion",
      "region: // region inner … // endregion",
    ]);
  });

  it("hides imports that follow one another", () => {
    const text = `uapi v2
import "a.ioasid"
// a comment
import "b.ioasid"
cpu { }
import "c.ioasid"
`;
    assert.deepEqual(folds(text), ['imports: import "a.ioasid" … import "b.ioasid"']);
  });

  it("hides no block without its end, and goes on behind it", () => {
    assert.deepEqual(folds("guest vm0 {\nguest vm1 {\n}\n}\n}\n").length, 2);
    assert.deepEqual(folds("guest vm0 {\nguest vm1 {\n  ioasid a\n}\n").length, 1);
    assert.deepEqual(folds("}\n{\n}"), ["block:  … "]);
  });
});

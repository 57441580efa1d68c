import assert from "node:assert/strict";
import { definitionAt } from "../../engine/services/index.js";
import { marked } from "../helpers/cursor.js";
import { FILE, viewOf } from "./view.js";

describe("go to definition", () => {
  it("leads from a use of a name to its declaration", () => {
    const { text, at } = marked(`
      iommu $1vtd$2 { pasid-width 20 }
      pdev nic at 3b:00.0 behind vt$0d { category 0 }
    `);
    const found = definitionAt(viewOf(text), FILE, at());
    assert.deepEqual(found?.name, { file: FILE, start: at(1), end: at(2) });
  });

  it("leads into an imported file", () => {
    const { text, at } = marked(`import "host.ioasid"\npdev nic at 3b:00.0 behind vtd$0 { category 0 }`);
    const found = definitionAt(viewOf(text, { "host.ioasid": "iommu vtd { pasid-width 20 }" }), FILE, at());
    assert.deepEqual(found?.name, { file: "host.ioasid", start: 6, end: 9 });
  });

  it("leads nowhere from a word or a number", () => {
    const { text, at } = marked("io$0mmu vtd { pasid-width 2$1 }");
    assert.equal(definitionAt(viewOf(text), FILE, at()), undefined);
    assert.equal(definitionAt(viewOf(text), FILE, at(1)), undefined);
  });
});

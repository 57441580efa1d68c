import assert from "node:assert/strict";
import { qualifiedName } from "../../../engine/language/index.js";
import { analyzeText, HARDWARE } from "../lowering/host.js";

const TEXT = `${HARDWARE}// the tenant
guest vm0 {
  // all of its memory
  ioasid gpa
  bind nic
  attach nic -> gpa
}
scenario "s" {
  detach nic from vm0.gpa
  ioasid gva on gpa
  free gva
}
`;

describe("the symbol table", () => {
  const { symbols } = analyzeText(TEXT);
  const definition = (name: string) => symbols.definitions.find((each) => qualifiedName(each) === name);
  const linesOf = (name: string): number[] =>
    symbols.references(definition(name)!).map(({ start }) => TEXT.slice(0, start).split("\n").length);

  it("has every place of a name, its declaration first", () => {
    assert.deepEqual(linesOf("nic"), [5, 10, 11, 14]);
    assert.deepEqual(linesOf("vm0.gpa"), [9, 11, 14, 15]);
    assert.deepEqual(linesOf("vm0"), [7, 14]);
    assert.deepEqual(linesOf("vm0.gva"), [15, 16]);
  });

  it("covers the name alone, without the owner in front", () => {
    for (const { start, end } of symbols.references(definition("vm0.gpa")!)) {
      assert.equal(TEXT.slice(start, end), "gpa");
    }
  });

  it("tells what stands at an offset, also right behind the last letter", () => {
    const offset = TEXT.indexOf("vm0.gpa");
    const nameAt = (at: number): string | undefined => {
      const found = symbols.at("main.ioasid", at);
      return found && qualifiedName(found.definition);
    };
    assert.equal(nameAt(offset), "vm0");
    assert.equal(nameAt(offset + 3), "vm0");
    assert.equal(nameAt(offset + 4), "vm0.gpa");
    assert.equal(nameAt(offset + 7), "vm0.gpa");
    assert.equal(nameAt(offset - 2), undefined);
    assert.equal(nameAt(TEXT.length), undefined);
  });

  it("tells the same at the first look as at a later one, when all places are in order", () => {
    const { symbols: asked } = analyzeText(TEXT);
    for (let look = 0; look < 100; look += 1) asked.at("main.ioasid", 0);
    for (let at = 0; at <= TEXT.length; at += 8) {
      const { symbols: fresh } = analyzeText(TEXT);
      for (let offset = at; offset < at + 8; offset += 1) {
        const [first, later] = [fresh, asked].map((each) => each.at("main.ioasid", offset));
        assert.deepEqual(first?.span, later?.span, `at ${offset}`);
        assert.equal(first && qualifiedName(first.definition), later && qualifiedName(later.definition));
      }
    }
  });

  it("keeps the comment above a declaration", () => {
    assert.equal(definition("vm0")?.documentation, "the tenant");
    assert.equal(definition("vm0.gpa")?.documentation, "all of its memory");
    assert.equal(definition("nic")?.documentation, undefined);
  });

  it("knows nothing of a file that is not there", () => {
    assert.equal(symbols.at("other.ioasid", 0), undefined);
    assert.deepEqual(symbols.inFile("other.ioasid"), []);
  });
});

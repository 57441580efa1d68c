import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type Program, syntax } from "../../../engine/language/index.js";
import { type Action, qualifyName, rewriteNumber, rewriteRange } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { analysisOf, FILE } from "../view.js";
import { applied } from "./apply.js";

type Rewrite = typeof rewriteNumber;

/** What a text may become at its mark. */
function rewritten(rewrite: Rewrite, source: string): string[] {
  const { text, at } = marked(source);
  return rewrite(analysisOf(text), FILE, at()).map((action) => applied(text, action));
}

describe("writing a number in another form", () => {
  it("offers the bases, and a size where it is a whole one", () => {
    assert.deepEqual(rewritten(rewriteNumber, "iommu vtd { reserved 0x1000 + 1$0G }"), [
      "iommu vtd { reserved 0x1000 + 0x4000_0000 }",
      "iommu vtd { reserved 0x1000 + 1073741824 }",
    ]);
    assert.deepEqual(rewritten(rewriteNumber, "iommu vtd { reserved 0xfee$00_0000 + 1G }"), [
      "iommu vtd { reserved 4276092928 + 1G }",
      "iommu vtd { reserved 4078M + 1G }",
    ]);
  });

  it("is exact up to 64 bits", () => {
    const [decimal] = rewritten(rewriteNumber, "iommu vtd { reserved 0x0..0xffff_ffff_ffff_f$0fff }");
    assert.equal(decimal, "iommu vtd { reserved 0x0..18446744073709551615 }");
  });

  it("is not offered for digits that are the same in every base, nor for the code of a fault", () => {
    assert.deepEqual(rewritten(rewriteNumber, "guest vm0 { process db { pasid $07 } }"), []);
    assert.deepEqual(rewritten(rewriteNumber, 'scenario "a" { dma nic read 0x1000 => fault 0x$051 }'), []);
  });
});

describe("writing a range in another form", () => {
  it("goes from the length to the last byte, and back", () => {
    assert.deepEqual(rewritten(rewriteRange, "iommu vtd { reserved 0xfee0_0000 $0+ 1M }"), [
      "iommu vtd { reserved 0xfee0_0000..0xfeef_ffff }",
    ]);
    assert.deepEqual(rewritten(rewriteRange, "iommu vtd { reserved 0xfee0_0000..$00xfeef_ffff }"), [
      "iommu vtd { reserved 0xfee0_0000 + 1M }",
    ]);
  });

  it("is not offered for the whole space, nor for what is no range", () => {
    assert.deepEqual(rewritten(rewriteRange, "iommu vtd { reserved 0$0x0..0xffff_ffff_ffff_ffff }"), []);
    assert.deepEqual(rewritten(rewriteRange, "iommu vtd { reserved 0x1$0000 + 0 }"), []);
  });
});

describe("writing a name with its owner", () => {
  const text = "guest vm0 { ioasid gpa }\n";

  it("puts the owner in front of a use", () => {
    assert.deepEqual(rewritten(qualifyName, `${text}scenario "a" { info g$0pa }`), [
      `${text}scenario "a" { info vm0.gpa }`,
    ]);
  });

  it("leaves alone what has no owner, or has it already, or is declared here", () => {
    assert.deepEqual(rewritten(qualifyName, `${text}scenario "a" { info vm0.g$0pa }`), []);
    assert.deepEqual(rewritten(qualifyName, `${text}scenario "a" { migrate v$0m0 }`), []);
    assert.deepEqual(rewritten(qualifyName, "guest vm0 { ioasid g$0pa }"), []);
  });
});

describe("every rewrite of every example", () => {
  const folder = "examples";
  const files = readdirSync(folder).filter((name) => name.endsWith(".ioasid"));

  for (const [what, rewrite, kinds] of [
    ["a number", rewriteNumber, ["number"]],
    ["a range", rewriteRange, ["range"]],
    ["a name", qualifyName, ["name"]],
  ] as const) {
    it(`means what it meant, for ${what}`, () => {
      let count = 0;
      for (const name of files) {
        const text = readFileSync(`${folder}/${name}`, "utf8");
        const before = analysisOf(text, IMPORTS);
        const meaning = meaningOf(before.program);
        for (const offset of offsetsOf(text, kinds)) {
          for (const action of rewrite(before, FILE, offset)) {
            count += 1;
            assert.deepEqual(meaningAfter(text, action), meaning, `${name}: ${action.title}`);
          }
        }
      }
      assert.ok(count > 30, `only ${count}`);
    });
  }
});

const IMPORTS = Object.fromEntries(
  readdirSync("examples/platforms").map((name) => [
    `platforms/${name}`,
    readFileSync(`examples/platforms/${name}`, "utf8"),
  ]),
);

function meaningAfter(text: string, action: Action) {
  return meaningOf(analysisOf(applied(text, action), IMPORTS).program);
}

/** A program without its places. */
function meaningOf(program: Program): unknown {
  const { platform, start, scenarios, diagnostics } = program;
  const found = diagnostics.map(({ code }) => code);
  return JSON.parse(
    JSON.stringify({ platform, start, scenarios, found }, (key, value: unknown) =>
      key === "span" ? undefined : value,
    ),
  );
}

function offsetsOf(text: string, kinds: readonly string[]): number[] {
  const offsets: number[] = [];
  syntax.visit(syntax.parse(text), (node) => {
    if (kinds.includes(node.kind)) offsets.push(node.start);
    return true;
  });
  return offsets;
}

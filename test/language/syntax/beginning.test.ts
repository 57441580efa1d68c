import assert from "node:assert/strict";
import { PUNCTUATION_TEXTS, parseBeginning, type Wanted } from "../../../engine/language/syntax/index.js";

/** What may stand where a text ends, in few words. */
function wantedAfter(text: string): string[] {
  return parseBeginning(text).wanted.map(wordsOf);
}

function wordsOf(wanted: Wanted): string {
  switch (wanted.kind) {
    case "statement":
      return `statement in ${wanted.place}`;
    case "property":
      return `property of ${wanted.of}`;
    case "value":
      return `value of ${wanted.property}`;
    case "word":
      return wanted.word;
    case "mark":
      return PUNCTUATION_TEXTS[wanted.mark];
    case "name":
      return wanted.qualifier === undefined ? wanted.role : `${wanted.role} of ${wanted.qualifier}`;
    case "new-name":
    case "number":
    case "any-word":
      return wanted.role;
    default:
      return wanted.kind;
  }
}

const CASES: readonly (readonly [text: string, wanted: readonly string[]])[] = [
  ["", ["statement in file"]],
  ["iommu vtd { }\n", ["statement in file"]],
  ["iommu ", ["the name of the IOMMU"]],
  ["iommu vtd ", ["{"]],
  ["iommu vtd { ", ["}", ",", "property of iommu"]],
  ["iommu vtd { ats nesting ", ["value of nesting"]],
  ["iommu vtd { page-sizes 4K ", [",", "a size", "}", ",", "property of iommu"]],
  ["iommu vtd { reserved 0xfee0_0000 ", ["+", ".."]],
  ["uapi v1 ", ["{", "statement in file"]],
  ["pdev nic ", ["at"]],
  ["pdev nic at ", ["pci-address"]],
  ["pdev nic at 3b:00.0 ", ["behind", "{"]],
  ["pdev nic at 3b:00.0 behind ", ["an IOMMU"]],
  ["pdev nic at 3b:00.0 { vf of ", ["the physical function"]],
  ["mdev wq0 on ", ["the physical device below"]],
  ["group slot { nic ", ["}", ",", "member"]],
  ["import ", ["string"]],
  ["guest vm0 {\n  ", ["}", "statement in guest"]],
  ["guest vm0 {\n  memory ram at 0x0 + 1G ", ["backed-by", "}", "statement in guest"]],
  [
    "guest vm0 { ioasid gpa ",
    ["on", "page-table", "pasid-table", "at", "format", "{", "=>", "}", "statement in guest"],
  ],
  ["guest vm0 { ioasid gpa { ", ["}", "statement in body"]],
  ["guest vm0 { ioasid gpa { map 0x0 + 1G -> ", ["a region of a memory or an address"]],
  ["guest vm0 { attach wq0 ", ["pasid", "->"]],
  ["guest vm0 { attach wq0 pasid ", ["a PASID"]],
  ["guest vm0 { attach wq0 pasid 7 ", ["as", "->"]],
  ["guest vm0 { attach wq0 -> ", ["an IOASID"]],
  ["guest vm0 { attach wq0 -> gpa ", ["=>", "}", "statement in guest"]],
  ["guest vm0 { kvm ", ["map", "unmap", "translation"]],
  ["guest vm0 { kvm map ", ["a guest", "pasid"]],
  ["guest vm0 { kvm translation ", ["a guest", "on", "off"]],
  ["guest vm0 { kvm translation vm0 ", ["on", "off"]],
  ["guest vm0 { invalidate gva ", ["a range", "=>", "}", "statement in guest"]],
  ['scenario "s" { detach wq0 pasid 7 ', ["from"]],
  ['scenario "s" { attach wq0 -> vm0.', ["an IOASID of vm0"]],
  ['scenario "s" { dma nic ', ["pasid", "read", "write", "exec"]],
  ['scenario "s" { dma nic read 0x0 ', ["+", "..", "priv", "=>", "}", "statement in scenario"]],
  ['scenario "s" { dma nic read 0x0 => ', ["outcome", "#gp"]],
  ['scenario "s" { dma nic read 0x0 => fault ', ["fault", "wire", "}", "statement in scenario"]],
  ['scenario "s" { dma nic read 0x0 => ram', ["[", "wire", "}", "statement in scenario"]],
  ['scenario "s" { dma nic read 0x0 => ok wire ', ["none", "the PASID on the wire, or `none`"]],
  ['scenario "s" { assert ', ["isolated", "reaches", "ppasid", "kvm", "reports"]],
  ['scenario "s" { assert isolated a', ["pasid", ",", "a second device or owner"]],
  [
    'scenario "s" { assert reports wq0 pasid ',
    [",", "delegated", "cpu", "cpu-virt", "=>", "}", "statement in scenario"],
  ],
  ["allow ", ["the id of a rule, such as `P009`"]],
];

describe("what may stand where a text ends", () => {
  for (const [text, wanted] of CASES) {
    it(`after ${JSON.stringify(text)}`, () => assert.deepEqual(wantedAfter(text), wanted));
  }

  it("is nothing in a comment or a string", () => {
    for (const text of ["// a", "iommu /* a", 'import "plat', 'scenario "x']) {
      assert.deepEqual(wantedAfter(text), [], text);
    }
    assert.deepEqual(wantedAfter("/* a */"), ["statement in file"]);
    assert.deepEqual(wantedAfter("// a\n"), ["statement in file"]);
  });

  it("names the statement that a part would belong to", () => {
    const text = "guest vm0 {\n  ioasid gpa { map 0x0 + 1G -> ";
    assert.deepEqual(
      parseBeginning(text).wanted.map(({ from }) => from),
      [text.indexOf("map")],
    );
    const closed = parseBeginning("guest vm0 {\n  ioasid gpa { map 0x0 + 1G -> ram } ");
    assert.deepEqual(closed.wanted.map(({ kind, from }) => [kind, from]).at(0), [
      "mark",
      text.indexOf("ioasid"),
    ]);
  });

  it("is what follows the block too, where the line stands no deeper than the block's own", () => {
    assert.deepEqual(wantedAfter("guest vm0 {\n  bind nic\n"), [
      "to",
      "=>",
      "}",
      "statement in guest",
      "statement in file",
    ]);
  });

  it("is more of a block whose brace stands too early, as well as what belongs in a file", () => {
    const wanted = wantedAfter("guest vm0 {\n  bind nic\n}\n  ");
    assert.deepEqual(wanted, ["statement in file", "statement in guest"]);
  });
});

import assert from "node:assert/strict";
import { change, check, fixesIn } from "./fixing.js";

const titles = (text: string, code: string) => fixesIn(check(text), code).map(({ fix }) => fix.title);

const HOST = `iommu vtd { pasid-width 20  ats  page-requests }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
`;

function guest(lines: string, more = ""): string {
  return `${HOST}guest vm0 {
  memory ram at 0x4000_0000 + 1M
  bind nic
  ioasid gpa
  attach nic -> gpa
  ioasid gva on gpa page-table
  attach nic pasid 7 -> gva
${lines}
}
${more}`;
}

describe("a target outside the memory", () => {
  it("is the offset that the number was meant as, where a memory of the owner has that much", () => {
    assert.deepEqual(titles(guest("  map gpa 0x0 + 4K -> 0x2000"), "U007"), [
      "Write `ram[0x2000]`, if that is the offset meant",
    ]);
    assert.deepEqual(titles(guest("  map gpa 0x0 + 4K -> 0x20_0000"), "U007"), []);
  });

  it("is as long as the memory is", () => {
    assert.deepEqual(change(guest("  map gpa 0x0 + 2M -> ram[0x8_0000]"), "U007"), [
      "- map gpa 0x0 + 2M -> ram[0x8_0000]",
      "+ map gpa 0x0 + 512K -> ram[0x8_0000]",
    ]);
  });
});

describe("a migration that a page request stands in the way of", () => {
  it("comes after a response, of either kind", () => {
    const text = guest(
      "",
      'scenario "it" {\n  dma nic pasid 7 read 0x5000 => page-request\n  migrate vm0\n}\n',
    );
    assert.deepEqual(titles(text, "U034"), [
      "Write `respond vm0.gva 0x5000 success for nic pasid 7` before `migrate vm0`",
      "Write `respond vm0.gva 0x5000 invalid for nic pasid 7` before `migrate vm0`",
    ]);
  });
});

describe("an assertion that does not hold", () => {
  const asserted = (words: string) => change(guest("", `scenario "it" {\n  assert ${words}\n}\n`), "U091");

  it("states what was found", () => {
    assert.equal(asserted("ppasid nic pasid 7 == none").at(-1), "+ assert ppasid nic pasid 7 == 7");
    assert.equal(asserted("ppasid nic pasid 9 == 9").at(-1), "+ assert ppasid nic pasid 9 == none");
    assert.equal(asserted("reports nic pasid delegated cpu").at(-1), "+ assert reports nic pasid");
    assert.equal(asserted("kvm vm0 pasid 7 == 3").at(-1), "+ assert kvm vm0 pasid 7 == none");
  });

  it("has no other value where it is a proof", () => {
    const text = guest("", 'scenario "it" { assert reaches nic -> ram }\n');
    assert.deepEqual(titles(text, "U091"), []);
  });
});

describe("host SVA", () => {
  it("gets all that the function and its IOMMU lack, at once", () => {
    const text =
      "iommu plain { pasid-width 8 }\npdev npu at 4c:00.0 behind plain { ats }\nnative app {\n  sva npu\n}\n";
    assert.deepEqual(change(text, "U035"), [
      "- iommu plain { pasid-width 8 }",
      "- pdev npu at 4c:00.0 behind plain { ats }",
      "+ iommu plain { pasid-width 8  ats  page-requests }",
      "+ pdev npu at 4c:00.0 behind plain { ats  pasid-width 8  page-requests }",
    ]);
  });
});

describe("a mapping in the way", () => {
  it("is unmapped by the name of its space, also where it stands in the braces of that", () => {
    const text = `uapi v1
iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }
guest vm0 {
  memory ram at 0x4000_0000 + 1M
  register ram
  bind nic
  allow P018
  ioasid gpa { map 0x1000 + 4K -> ram }
}
scenario "it" {
  unregister vm0.ram
}
`;
    assert.deepEqual(titles(text, "U009"), ["Write `unmap vm0.gpa 0x1000 + 4K` before `unregister vm0.ram`"]);
  });
});

describe("a declaration in a block", () => {
  it("moves to before that block and its comment, a word for the first line does not", () => {
    const text = '// How it goes.\nscenario "it" {\n  iommu vtd { }\n}\n';
    assert.equal(
      fixesIn(check(text), "S015")
        .map(({ fix }) => fix.edits.map(({ start }) => start))
        .join(),
      `0,${text.indexOf("  iommu")}`,
    );
    assert.deepEqual(titles('scenario "it" {\n  uapi v1\n}\n', "S015"), []);
    assert.deepEqual(titles("iommu vtd { }\nbind nic\n", "S015"), []);
  });
});

describe("what a statement lacks", () => {
  it("is written where it is a single word or mark, and something follows", () => {
    assert.deepEqual(
      change("mdev wq0 dsa { category 4 }\n", "S011").at(-1),
      "+ mdev wq0 on dsa { category 4 }",
    );
    assert.deepEqual(titles("pdev nic\n", "S011"), []);
    assert.deepEqual(titles("pdev nic at {\n}\n", "S011"), []);
  });
});

describe("an outcome of no step", () => {
  it("goes, and what follows on its line stays", () => {
    assert.deepEqual(change("cpu { enqcmd } => fault not-mapped // why\n", "S029"), [
      "- cpu { enqcmd } => fault not-mapped // why",
      "+ cpu { enqcmd } // why",
    ]);
  });
});

import assert from "node:assert/strict";
import { start } from "../../engine/language/index.js";
import { coverageOf } from "../../engine/services/index.js";
import { FILE, viewOf } from "./view.js";

const PLATFORM = `
iommu vtd { pasid-width 20  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

const GUEST = `
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa
  ioasid gva
  ioasid idle
  bind wq0  bind nic
  attach wq0 -> gpa
  attach nic -> gpa
  attach wq0 pasid 7 -> gva
  attach nic pasid 9 -> idle
  map gpa 0x0 + 1M -> ram
  map gpa 0x10_0000 + 1M -> ram[0x10_0000]
  map gva 0x0 + 1M -> ram
  map idle 0x0 + 1M -> ram
  kvm map pasid 7 -> gva
}
`;

/** How often each entry and each declaration was used, by the statement as it stands in the text. */
function uses(scenario: string): Record<string, number> {
  const text = `${PLATFORM}${GUEST}scenario "s" {\n${scenario}\n}\n`;
  const run = start(viewOf(text).analysis.program, { record: true });
  while (run.advance(64));
  const { entries, declarations } = coverageOf(run.result());
  const counts: Record<string, number> = {};
  for (const { span, count } of entries) {
    assert.equal(span.file, FILE);
    counts[text.slice(span.start, span.end)] = count;
  }
  for (const { name, count } of declarations) counts[`declared: ${name}`] = count;
  return counts;
}

/** The statements that something used. */
function used(scenario: string): string[] {
  return Object.entries(uses(scenario)).flatMap(([statement, count]) => (count > 0 ? [statement] : []));
}

describe("the coverage of a run", () => {
  it("is nothing where no request and no assertion is", () => {
    assert.deepEqual(used(""), []);
  });

  it("of a DMA is its attachment and its mapping, and the space of both", () => {
    assert.deepEqual(used("dma nic read 0x1000"), [
      "attach nic -> gpa",
      "map gpa 0x0 + 1M -> ram",
      "declared: vm0.gpa",
      "declared: attach nic -> gpa",
    ]);
  });

  it("counts each request once, also when the IOTLB answers it", () => {
    const counts = uses("dma nic read 0x1000\ndma nic read 0x1000\ndma nic read 0x1008");
    assert.equal(counts["attach nic -> gpa"], 3);
    assert.equal(counts["map gpa 0x0 + 1M -> ram"], 3);
    assert.equal(counts["declared: vm0.gpa"], 3);
  });

  it("of a DMA over a range is every mapping that it meets", () => {
    const counts = uses("dma nic read 0x0 + 2M");
    assert.equal(counts["map gpa 0x0 + 1M -> ram"], 1);
    assert.equal(counts["map gpa 0x10_0000 + 1M -> ram[0x10_0000]"], 1);
  });

  it("of an ENQCMD is the KVM entry as well", () => {
    assert.deepEqual(used("enqcmd db to wq0 write 0x1000"), [
      "attach wq0 pasid 7 -> gva",
      "map gva 0x0 + 1M -> ram",
      "kvm map pasid 7 -> gva",
      "declared: vm0.gva",
      "declared: attach wq0 pasid 7 -> gva",
    ]);
  });

  it("of a fault is what the request got through", () => {
    assert.deepEqual(used("dma nic pasid 9 read 0x70_0000 => fault not-mapped"), [
      "attach nic pasid 9 -> idle",
      "declared: vm0.idle",
      "declared: attach nic pasid 9 -> idle",
    ]);
  });

  it("of assertions about numbers is the entry that has the number", () => {
    assert.deepEqual(used("assert ppasid wq0 pasid 7 == 2\nassert kvm vm0 pasid 7 == 2"), [
      "attach wq0 pasid 7 -> gva",
      "kvm map pasid 7 -> gva",
      "declared: vm0.gva",
      "declared: attach wq0 pasid 7 -> gva",
    ]);
  });

  it("of a proof is everything that its owners made, for it holds over all addresses", () => {
    assert.deepEqual(
      Object.values(uses("assert reaches nic -> vm0.ram[0x0 + 1M]")).filter((count) => count === 0),
      [],
    );
  });

  it("includes what a scenario makes, and not what it takes away", () => {
    const counts = uses("map gpa 0x40_0000 + 1M -> ram\nunmap gpa 0x40_0000 + 1M");
    assert.equal(counts["map gpa 0x40_0000 + 1M -> ram"], 0);
    assert.ok(!("unmap gpa 0x40_0000 + 1M" in counts));
  });

  it("leaves out a call that was refused: it made nothing", () => {
    assert.ok(!("map gpa 0x0 + 1M -> ram => EEXIST" in uses("map gpa 0x0 + 1M -> ram => EEXIST")));
  });

  it("of an isolation is everything that both sides made, and of a report nothing", () => {
    const apart = uses("assert isolated vm0, nic");
    assert.deepEqual(
      Object.values(apart).filter((count) => count === 0),
      [],
    );
    assert.deepEqual(used("assert reports nic pasid"), []);
  });

  it("has no entry for a statement that takes one away", () => {
    const counts = uses(
      "ioasid vm0.child on vm0.gpa page-table\npte vm0.child 0x1000 + 4K -> 0x1000\npte vm0.child 0x1000 + 4K none",
    );
    assert.ok("pte vm0.child 0x1000 + 4K -> 0x1000" in counts);
    assert.ok(!("pte vm0.child 0x1000 + 4K none" in counts));
  });
});

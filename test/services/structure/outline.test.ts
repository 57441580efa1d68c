import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type OutlineEntry, outlineOf } from "../../../engine/services/index.js";
import { FILE, viewOf } from "../view.js";

/** An outline as indented lines. */
function lines(entries: readonly OutlineEntry[], indent = ""): string[] {
  return entries.flatMap(({ kind, name, detail, children }) => [
    `${indent}${kind} ${name}: ${detail}`,
    ...lines(children, `${indent}  `),
  ]);
}

const outline = (text: string): string[] => lines(outlineOf(viewOf(text), FILE));

describe("the outline of a file", () => {
  it("has hardware with what matters of it", () => {
    const text = `
      iommu vtd { pasid-width 20  address-width 48  nesting hardware }
      cpu { enqcmd  pasid-translation }
      pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
      mdev wq0 on dsa { category 5  queue shared }
      pdev nic at 0001:3b:00.0 behind vtd { category 3  pasid-width 16 }
      group g { dsa nic }
    `;
    assert.deepEqual(outline(text), [
      "iommu vtd: pasid-width 20 · nesting hardware",
      "cpu cpu: enqcmd · pasid-translation",
      "pdev dsa: 6a:01.0",
      "mdev wq0: category 5 · 6a:01.0",
      "pdev nic: category 3 · 0001:3b:00.0",
      "group g: dsa, nic",
    ]);
  });

  it("has owners with what they hold, and scenarios with what they make", () => {
    const text = `
      guest vm0 {
        viommu { pasid-width 10 }
        memory ram at 0x4000_0000
          + 1G backed-by 0x1_0000_0000
        process db { pasid 7 }
        ioasid gpa { map 0x0 + 1G -> ram }
        ioasid gva on gpa page-table
      }
      native app { }
      scenario "one more space" { ioasid vm0.other on vm0.gpa  free other }
      scenario "nothing" { }
      scenario "one" { migrate vm0 }
    `;
    assert.deepEqual(outline(text), [
      "guest vm0: guest",
      "  viommu viommu: pasid-width 10",
      "  memory ram: 0x4000_0000 + 1G",
      "  process db: pasid 7",
      "  space gpa: root",
      "  space gva: on gpa · page-table",
      "native app: native",
      "scenario one more space: 2 steps",
      "  space other: on vm0.gpa",
      "scenario nothing: 0 steps",
      "scenario one: 1 step",
    ]);
  });

  it("leaves out what has no name, and names a scenario without a title", () => {
    assert.deepEqual(outline("pdev\nguest { ioasid }\nscenario { }\nmdev wq on\nmdev wq2 on nothing"), [
      "scenario scenario: 0 steps",
      "mdev wq: ",
      "mdev wq2: on nothing",
    ]);
  });

  it("finds the address of an mdev's pdev in an imported file", () => {
    const imports = { "host.ioasid": "pdev dsa at 6a:01.0 { pasid-width 20 }" };
    const view = viewOf('import "host.ioasid"\nmdev wq0 on dsa { category 2 }', imports);
    assert.deepEqual(lines(outlineOf(view, FILE)), ["mdev wq0: category 2 · 6a:01.0"]);
  });

  it("has entries that lie in their statements, and those in the ones around them, without a gap in order", () => {
    const text = readFileSync("examples/guest-sva.ioasid", "utf8");
    const check = (entries: readonly OutlineEntry[], start: number, end: number): void => {
      let from = start;
      for (const { name, span, nameSpan, children } of entries) {
        assert.ok(
          from <= span.start && span.start <= nameSpan.start && nameSpan.end <= span.end && span.end <= end,
        );
        assert.ok(text.slice(nameSpan.start, nameSpan.end).includes(name));
        check(children, span.start, span.end);
        from = span.end;
      }
    };
    const entries = outlineOf(viewOf(text), FILE);
    assert.equal(entries.length, 14);
    check(entries, 0, text.length);
  });
});

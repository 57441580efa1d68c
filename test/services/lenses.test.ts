import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { lensPlaces, lensText } from "../../engine/services/index.js";
import { viewOf } from "./view.js";

const MACHINE = `iommu vtd { pasid-width 20 }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

/** The lenses of a text: the line that each stands above, and its words. */
function lenses(text: string): string[] {
  const { analysis, result } = viewOf(text);
  return lensPlaces(analysis).map((place) => {
    const head = text.slice(place.start, place.end);
    const said = lensText(result!, place);
    if (said?.kind === "failed") return `${head}: failed at ${text.slice(said.at.start, said.at.end)}`;
    if (said?.kind === "passed") return `${head}: passed ${said.steps}`;
    const statements = said?.statements.map(({ start, end }) => text.slice(start, end));
    return `${head}: ${said?.text} (${statements?.join("; ")})`;
  });
}

describe("lenses", () => {
  it("count the devices of a space with their pPASIDs, and the KVM mappings of a guest", () => {
    const text = `${MACHINE}guest vm0 {
      bind wq0  bind nic
      ioasid gpa
      ioasid spare
      ioasid gva on gpa page-table
      attach wq0 -> gpa
      attach nic -> gpa
      attach wq0 pasid 7 -> gva
      attach nic pasid 7 -> gva
    }`;
    assert.deepEqual(lenses(text), [
      "vm0: KVM: 0 of 1 mapping present (attach wq0 pasid 7 -> gva)",
      "gpa: 2 devices attached (attach wq0 -> gpa; attach nic -> gpa)",
      "spare: no device attached ()",
      "gva: 2 devices attached · pPASID 2, 7 (attach wq0 pasid 7 -> gva; attach nic pasid 7 -> gva)",
    ]);
  });

  it("tell how each scenario ended, and where it failed first", () => {
    const text = `${MACHINE}guest vm0 { bind nic  ioasid gpa  attach nic -> gpa }
      scenario "good" { dma nic read 0x0 => fault }
      scenario "bad" { info nic  dma nic read 0x0  dma nic read 0x1 }
      scenario "empty" { }`;
    assert.deepEqual(lenses(text).slice(1), [
      '"good": passed 1',
      '"bad": failed at dma nic read 0x0',
      '"empty": passed 0',
    ]);
  });

  it("tell scenarios of one title apart", () => {
    const text = `${MACHINE}scenario "a" { info nic }\nscenario "a" { }`;
    assert.deepEqual(lenses(text), ['"a": passed 1', '"a": passed 0']);
  });

  it("stand above every guest, space and scenario of an example", () => {
    const text = readFileSync("examples/guest-sva.ioasid", "utf8");
    assert.equal(lenses(text).length, 2 + 4 + 6);
    assert.ok(lenses(text).every((each) => !each.includes("undefined") && !each.includes("failed")));
  });
});

import assert from "node:assert/strict";
import { qualifiedName } from "../../../engine/language/index.js";
import { behindNameAt } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { FILE, viewOf } from "../view.js";

const HARDWARE = `iommu vtd { pasid-width 20  nesting hardware }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  enqcmd }
pdev nic at 3b:00.0 behind vtd { category 0 }
mdev wq0 on dsa { category 5  queue shared }
group g { nic dsa }
`;

/** Names of what stands behind the thing at the cursor of a text. */
function behind(source: string): string[] | undefined {
  const { text, at } = marked(HARDWARE + source);
  return behindNameAt(viewOf(text), FILE, at())?.definitions.map(qualifiedName);
}

describe("go to type definition", () => {
  it("leads from an mdev to its pdev, and from a pdev to its IOMMU", () => {
    assert.deepEqual(behind("native app { bind wq0$0 }"), ["dsa"]);
    assert.deepEqual(behind("native app { bind nic$0 }"), ["vtd"]);
  });

  it("leads from a nested IOASID to its parent, and from a root one to its owner", () => {
    const text = (marks: [string, string]) =>
      `guest vm0 { ioasid gpa  ioasid gva on gpa page-table }\nscenario "s" { info g${marks[0]}va  info g${marks[1]}pa }`;
    assert.deepEqual(behind(text(["$0", ""])), ["vm0.gpa"]);
    assert.deepEqual(behind(text(["", "$0"])), ["vm0"]);
  });

  it("leads to each parent that a space had when it was allocated again", () => {
    const text = `native app { ioasid a  ioasid b }
      scenario "s" { ioasid c$0 on a page-table  free c  ioasid c on b page-table }`;
    assert.deepEqual(behind(text), ["app.a", "app.b"]);
  });

  it("leads from a memory and a process to their owner, and from a group to its members", () => {
    assert.deepEqual(behind("guest vm0 { memory r$0am at 0x4000_0000 + 1G }"), ["vm0"]);
    assert.deepEqual(behind("guest vm0 { process d$0b { pasid 7 } }"), ["vm0"]);
    const { text, at } = marked(HARDWARE.replace("group g", "group $0g"));
    const found = behindNameAt(viewOf(text), FILE, at());
    assert.deepEqual(found?.definitions.map(qualifiedName), ["nic", "dsa"]);
  });

  it("leads nowhere from an IOMMU, an owner, a word, or a name whose declaration lacks the part", () => {
    assert.equal(behind("guest v$0m0 { }"), undefined);
    assert.equal(behind("pdev ssd at 3b:01.0 behind vt$0d { category 0 }"), undefined);
    assert.equal(behind("gu$0est vm0 { }"), undefined);
    assert.equal(behind("mdev wq1 on\nnative app { bind wq$01 }"), undefined);
  });
});

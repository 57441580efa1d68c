import assert from "node:assert/strict";
import { stateDocument } from "../../engine/debugger/index.js";
import { threadOf } from "./threads.js";

describe("the state of a machine as a document", () => {
  it("is short, however long its lists are, and names a step that was made by hand", () => {
    const pages = Array.from(
      { length: 300 },
      (_, page) => `map 0x${(page * 8192).toString(16)} + 4K -> ram[0x${(page * 4096).toString(16)} + 4K]`,
    );
    const thread = threadOf(`iommu vtd { pasid-width 20 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  ioasid gpa { ${pages.join("  ")} }
}
scenario "empty" { info vm0.gpa => EINVAL }
`);
    const { first } = thread.timeline;
    const made = {
      operation: { kind: "set-pasid", origin: -1, process: 0, pasid: 9 },
      text: "set-pasid vm0.db 9",
    } as const;
    thread.timeline.insert(first, made);
    const { name, text, headings } = stateDocument(thread.timeline, first);
    assert.equal(name, "state before set-pasid vm0.db 9");
    assert.match(text, /mappings: 300\n {6}0x0 \+ 4K: 0x40000000 rw\n/);
    assert.match(text, /\n {6}… 200 more\n/);
    assert.deepEqual(
      [...headings.keys()],
      ["Step", "Device", "Address space", "PASID table", "KVM", "IOTLB", "Faults", "Memory"],
    );
    assert.match(text, /Memory\n {2}vm0\.ram: 0x100000000\n$/);
  });
});

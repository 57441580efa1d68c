import assert from "node:assert/strict";
import { plainText } from "../../../engine/report/index.js";
import { completionDocumentation } from "../../../engine/services/index.js";
import { marked } from "../../helpers/cursor.js";
import { viewOf } from "../view.js";
import { GUEST, HARDWARE, itemAt, offered, SCENARIO } from "./offering.js";

/** What is said of an offered text. */
function said(source: string, label: string): string {
  const { subject } = itemAt(source, label);
  const { analysis } = viewOf(marked(source).text);
  return subject ? plainText(completionDocumentation(analysis, subject)).trim() : "";
}

describe("the documentation of an offered text", () => {
  it("of a statement is its form and what it does", () => {
    assert.match(said(`${GUEST}  $0`, "attach"), /attach DEV \[pasid N \[as P\]\] -> S[\s\S]*space/);
    assert.match(said(`${GUEST}  ioasid x { $0`, "map"), /^map 0x0 \+ 1G/);
    assert.match(said(`${GUEST}  kvm $0`, "map"), /kvm map \[OWNER\] pasid N/);
    assert.match(said(`${SCENARIO}  assert $0`, "isolated"), /assert isolated A, B/);
  });

  it("of a property is what it means in its declaration", () => {
    assert.match(said("iommu vtd { $0 }", "pasid-width"), /0 is an IOMMU without PASIDs/);
    assert.match(said("pdev nic at 3b:00.0 { $0 }", "pasid-width"), /the function can send/);
    assert.match(said("iommu vtd { nesting $0 }", "software"), /\w/);
  });

  it("of a name is its declaration, and the comment above it", () => {
    const source = `// The guest's own\n// physical space.\n${GUEST}  free $0\n`.replace(
      "  ioasid gpa\n",
      "  // What the guest sees.\n  ioasid gpa\n",
    );
    assert.match(said(source, "gpa"), /^ioasid gpa\n\nWhat the guest sees\./);
  });

  it("of an errno is what the kernel says, and the rules by which this call gives it", () => {
    const text = said(`${SCENARIO}  detach wq0 pasid 7 from gva => $0`, "EBUSY");
    assert.match(text, /Its number is 16/);
    assert.match(text, /P028 detach under a KVM mapping/);
  });

  it("of a fault is when it is raised, by its name and by its code", () => {
    const source = `${SCENARIO}  dma nic read 0x1000 => fault $0`;
    assert.match(said(source, "no-pasid-entry"), /No PASID table entry is present/);
    assert.match(said(source, "0x59"), /Hardware code 0x59/);
  });

  it("of a category is its policy", () => {
    assert.match(
      said(`${HARDWARE}mdev x on dsa { category $0 }`, "5"),
      /its pPASIDs come from the global pool/,
    );
  });

  it("of a rule is why it exists", () => {
    assert.match(said("allow $0", "P009"), /^P009: ENQCMD with and without PASID translation/);
  });

  it("is there for everything but names, numbers and marks that explain themselves", () => {
    for (const source of [
      "$0",
      `${GUEST}  $0`,
      `${SCENARIO}  $0`,
      `${SCENARIO}  dma nic read 0x0 => $0`,
      "iommu v { $0",
    ]) {
      const { analysis } = viewOf(marked(source).text);
      for (const { label, kind, subject } of offered(source).items) {
        if (["number", "mark", "block", "owner", "memory"].includes(kind) || /[ [.]/.test(label)) continue;
        assert.ok(
          subject && completionDocumentation(analysis, subject).length > 0,
          `${source.slice(-20)}: ${label}`,
        );
      }
    }
  });
});

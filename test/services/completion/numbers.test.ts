import assert from "node:assert/strict";
import { accepted, GUEST, HARDWARE, itemAt, labels, SCENARIO } from "./offering.js";

describe("completion of addresses and sizes", () => {
  it("offers the page sizes of the IOMMU as lengths, and what the statement asks for first", () => {
    assert.deepEqual(labels(`${GUEST}  map gpa 0x4000_0000 + $0`), ["4K", "2M", "1G"]);
    const found = labels(`${GUEST}  map gpa 0x4000_0000 $0`);
    assert.deepEqual(found.slice(0, 3), ["+ 4K", "+ 2M", "+ 1G"]);
    assert.equal(accepted(`${GUEST}  map gpa 0x4000_0000 $0`, "+ 2M"), `${GUEST}  map gpa 0x4000_0000 + 2M`);
    const small = "iommu vtd { page-sizes 4K }\nguest g { ioasid s map s 0x0 + $0";
    assert.deepEqual(labels(small), ["4K"]);
    assert.equal(labels(`${GUEST}  unmap gpa 0x0 + $0`)[0], "1G");
  });

  it("offers to map what is free, as large as a memory", () => {
    assert.deepEqual(labels(`${GUEST}  map gpa $0`), ["0x4000_0000 + 1G"]);
    assert.deepEqual(labels(`${GUEST}  ioasid x\n  map x $0`), ["0x0 + 1G"]);
  });

  it("offers to unmap and to invalidate what is mapped", () => {
    assert.equal(itemAt(`${GUEST}  unmap gpa $0`, "0x0 + 1G").detail, "mapped to 0x4000_0000");
    assert.ok(labels(`${GUEST}  invalidate gva $0`).includes("0x7f00_0000_0000 + 2M"));
    assert.ok(labels(`${GUEST}  pte gva $0`).includes("0x7f00_0020_0000 + 4K"));
  });

  it("offers to a request the addresses that are mapped for it, and where they lead", () => {
    assert.equal(itemAt(`${SCENARIO}  dma nic read $0`, "0x0").detail, "ram[0x0]");
    assert.equal(itemAt(`${SCENARIO}  dma wq0 pasid 7 read $0`, "0x7f00_0000_0000").detail, "ram[0x20_0000]");
    assert.equal(
      itemAt(`${SCENARIO}  enqcmd db to wq0 read $0`, "0x7f00_0000_0000").detail,
      "ram[0x20_0000]",
    );
  });

  it("offers to a page response the address at which a request waits", () => {
    const source = `${GUEST}  attach wq0 pasid 7 -> gva\n}\nscenario "s" {\n  dma wq0 pasid 7 read 0x5000 => page-request\n  respond gva $0`;
    assert.equal(itemAt(source, "0x5000").detail, "a page request of wq0 waits");
    assert.equal(labels(source.replace("$0", "0x5000 success for wq0 pasid $0"))[0], "7");
  });

  it("offers to a memory addresses that its owner has not, and host-physical ones that nobody has", () => {
    assert.deepEqual(labels(`${GUEST}  memory more at $0`), ["0x8000_0000 + 1G"]);
    assert.deepEqual(labels(`${GUEST}  memory more at 0x8000_0000 + 1G backed-by $0`), ["0x1_4000_0000"]);
    assert.ok(labels(`${GUEST}  memory more at 0x8000_0000 + $0`).includes("512M"));
  });

  it("offers PCI addresses that no function has", () => {
    const found = labels(`${HARDWARE}pdev other at $0`);
    assert.ok(found.includes("6a:02.0") && found.includes("3b:00.1") && found.includes("6b:00.0"));
    assert.ok(!found.includes("6a:01.0"));
    assert.equal(
      accepted(`${HARDWARE}pdev other at 6a:0$01.0 {`, "6a:02.0"),
      `${HARDWARE}pdev other at 6a:02.0 {`,
    );
  });

  it("offers to a region what the range of the statement asks for", () => {
    assert.equal(labels(`${GUEST}  map gpa 0x4000_0000 + 2M -> ram[$0`)[0], "0x0 + 2M");
  });
});

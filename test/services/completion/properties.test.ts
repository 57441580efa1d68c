import assert from "node:assert/strict";
import { GUEST, HARDWARE, itemAt, labels } from "./offering.js";

describe("completion of properties", () => {
  it("offers those of the declaration that are not written, before the cursor or behind it", () => {
    assert.deepEqual(labels("cpu { $0 }"), ["enqcmd", "pasid-translation"]);
    assert.deepEqual(labels("cpu { $0 enqcmd }"), ["pasid-translation"]);
    const found = labels("iommu vtd { ats $0\n  nesting hardware\n}");
    assert.ok(!found.includes("ats") && !found.includes("nesting") && found.includes("pasid-width"));
  });

  it("keeps the one that is being written, and those that may be repeated", () => {
    assert.ok(labels("iommu vtd { pasid-wi$0dth 20 }").includes("pasid-width"));
    assert.ok(labels("iommu vtd { reserved 0x0 + 4K  $0 }").includes("reserved"));
    assert.ok(labels("pdev nic at 01:00.0 { hide pasid  $0 }").includes("hide"));
  });

  it("gives each its values to choose from", () => {
    assert.equal(itemAt("iommu vtd { $0 ats }", "nesting").snippet, undefined, "the line goes on");
    assert.equal(itemAt("iommu vtd {\n  $0\n}", "nesting").snippet, `nesting \${1|hardware,software,none|}`);
    assert.equal(itemAt("iommu vtd {\n  $0\n}", "ats").snippet, undefined);
    assert.deepEqual(labels("iommu vtd { nesting $0 }"), ["hardware", "software", "none"]);
    assert.deepEqual(labels("uapi v2 { pasid-policy $0 }"), ["precise", "simple"]);
    assert.deepEqual(labels("mdev w on d { queue $0 }"), ["shared", "dedicated"]);
    assert.ok(labels("iommu vtd { format $0 }").includes("smmuv3"));
    assert.ok(labels("iommu vtd { reserved $0 }").includes("0xfee0_0000 + 1M"));
    assert.deepEqual(labels("iommu vtd { page-sizes $0 }"), ["4K, 2M, 1G", "4K", "2M", "1G"]);
  });

  it("offers the categories of the kind of device, those without their hardware last", () => {
    assert.deepEqual(labels(`${HARDWARE}pdev x at 01:00.0 { category $0 }`), ["0", "3", "4"]);
    assert.deepEqual(labels(`${HARDWARE}mdev x on dsa { category $0 }`), ["1", "2", "4", "5"]);
    const plain = `${HARDWARE}pdev gpu at 01:00.0 { pasid-width 20 }\nmdev x on gpu { category $0 }`;
    assert.equal(labels(plain).at(-1), "5");
    assert.equal(itemAt(plain, "5").detail, "needs `enqcmd` on gpu");
    assert.match(itemAt(plain, "4").detail ?? "", /translated by the device/);
  });

  it("offers widths up to that of the IOMMU in front", () => {
    const source = "iommu vtd { pasid-width 16 }\npdev nic at 01:00.0 behind vtd { pasid-width $0 }";
    assert.deepEqual(labels(source), ["16", "8"]);
    assert.ok(labels(`${GUEST}  viommu { pasid-width $0 }`).includes("20"));
  });

  it("offers `vf` with the functions that can have one", () => {
    assert.ok(labels(`${HARDWARE}pdev v at 3b:00.1 { vf $0 }`).includes("of dsa"));
    assert.ok(labels(`${HARDWARE}pdev v at 3b:00.1 { vf of $0 }`).includes("dsa"));
  });
});

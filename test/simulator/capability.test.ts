import assert from "node:assert/strict";
import { capabilityOf, type Device, type Platform } from "../../engine/simulator/index.js";
import { everyCategory } from "./platform.js";

/** What the user of a device is told, as the flags of `assert reports`. */
function reports(platform: Platform, name: string): string {
  const found = capabilityOf(
    platform,
    platform.devices.findIndex((device) => device.name === name),
  );
  const flags = [
    found.pasid && "pasid",
    found.delegated && "delegated",
    found.cpu && "cpu",
    found.cpuVirtual && "cpu-virt",
  ];
  return flags.filter(Boolean).join(" ") || "none";
}

function changed(platform: Platform, name: string, changes: Partial<Device>): Platform {
  const devices = platform.devices.map((device) =>
    device.name === name ? { ...device, ...changes } : device,
  );
  return { ...platform, devices };
}

describe("the PASID capability that a user sees (domain.md 1.2)", () => {
  const vtd = everyCategory();
  const smmu = everyCategory({}, { form: "smmuv3", format: "smmuv3", pasidTable: "guest" });

  it("is none for category 0 to 2", () => {
    for (const name of ["disk", "soft", "fixed"]) assert.equal(reports(vtd, name), "none");
  });

  it("is PASID for category 3, and delegated where the guest owns the table (type 4)", () => {
    assert.equal(reports(vtd, "nic"), "pasid");
    assert.equal(reports(smmu, "nic"), "pasid delegated");
  });

  it("has PASID_CPU without PASID_CPU_VIRT for category 3 with DMWr (type 7), and is never delegated", () => {
    assert.equal(reports(changed(vtd, "nic", { enqcmd: true }), "nic"), "pasid cpu");
    assert.equal(reports(changed(smmu, "nic", { enqcmd: true }), "nic"), "pasid cpu");
  });

  it("is PASID alone for category 4, as a function or a slice", () => {
    assert.equal(reports(vtd, "gpu"), "pasid");
    assert.equal(reports(vtd, "mediated"), "pasid");
    assert.equal(reports(smmu, "gpu"), "pasid");
  });

  it("has both CPU flags for category 5 (type 8), and is never delegated", () => {
    assert.equal(reports(vtd, "shared"), "pasid cpu cpu-virt");
    assert.equal(reports(smmu, "shared"), "pasid cpu cpu-virt");
  });

  it("loses what the VMM hides", () => {
    assert.equal(reports(changed(vtd, "shared", { hideEnqcmd: true }), "shared"), "pasid");
    assert.equal(reports(changed(vtd, "nic", { enqcmd: true, hideEnqcmd: true }), "nic"), "pasid");
    assert.equal(reports(changed(vtd, "shared", { hidePasid: true }), "shared"), "none");
  });

  it("is as wide as the narrower of device and IOMMU", () => {
    const narrow = changed(vtd, "nic", { pasidWidth: 16 });
    assert.equal(capabilityOf(narrow, 1).width, 16);
    assert.equal(capabilityOf(everyCategory({}, { pasidWidth: 12 }), 1).width, 12);
    assert.equal(capabilityOf(vtd, 0).width, 0);
  });
});

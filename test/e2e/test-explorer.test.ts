import assert from "node:assert/strict";
import { useWorkbench } from "./mocha/use-workbench.js";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach nic -> gpa
}
scenario "reads" {
  dma nic read 0x1000  => ram[0x1000]
}
scenario "misses" {
  dma nic read 0x1000  => ram[0x2000]
}
`;

describe("the test explorer", () => {
  const workbench = useWorkbench({ files: { "a.ioasid": TEXT } });

  it("runs a scenario, which passes", async () => {
    await workbench().openFile("a.ioasid");
    const tests = await workbench().tests();
    await tests.tree.expand("a.ioasid");
    assert.equal(await tests.run("a.ioasid", "reads"), "passed");
  });

  it("shows both outcomes of a step that is not as stated", async () => {
    const tests = await workbench().tests();
    assert.equal(await tests.run("a.ioasid", "misses"), "failed");
    const beside = workbench().page.locator(".test-error-content-widget");
    await beside.filter({ hasText: "ram[0x1000] != ram[0x2000]" }).first().waitFor();
  });

  it("tells how much of the configuration the scenarios use", async () => {
    const tests = await workbench().tests();
    await tests.tree.clickAction("Run Test with Coverage", "a.ioasid");
    const covered = workbench().page.locator(".test-coverage-list-item", { hasText: "a.ioasid" });
    assert.match((await covered.first().innerText()).replaceAll("\n", " "), /100/);
  });

  it("follows what is typed", async () => {
    const editor = await workbench().openFile("a.ioasid");
    await editor.placeCursor('scenario "re$0ads"');
    await editor.type("ally ");
    const tests = await workbench().tests();
    await tests.tree.row("a.ioasid", "really ads");
  });
});

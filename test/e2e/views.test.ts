import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { eventually } from "./harness/eventually.js";
import { useWorkbench } from "./mocha/use-workbench.js";

describe("the views of the simulated state in VS Code", () => {
  const conflicts = readFileSync("test/report/fixtures/conflicts.ioasid", "utf8");
  const workbench = useWorkbench({ folder: "examples", files: { "conflicts.ioasid": conflicts } });

  const cursor = (line: number) => workbench().statusBarItem(new RegExp(`^Ln ${line}, `));

  it("say what to do while there is no configuration", async () => {
    await workbench().runCommand("IOASID: Focus on Devices View");
    const { page } = workbench();
    await page.locator(".welcome-view-content", { hasText: "as it is simulated" }).waitFor();
    await page.locator(".monaco-button", { hasText: "New Configuration from Sample" }).waitFor();
  });

  it("show the configuration of the editor, and lead to the source of an item", async () => {
    await workbench().openFile("guest-sva.ioasid");
    const devices = await workbench().view("IOASID", "Devices");
    assert.equal((await devices.row("Category 5", "wq0")).description, "6a:01.0 · pasid cpu cpu-virt");
    const spaces = await workbench().view("IOASID", "I/O Address Spaces");
    await spaces.row("vm0", "gpa", "gva", "wq0");
    await spaces.clickFor(cursor(36), "vm0", "gpa", "gva", "wq0");
    const tables = await workbench().view("IOASID", "PASID Tables");
    await tables.clickFor(cursor(30), "6a:01.0", "pPASID 1");
  });

  it("look like this", async () => {
    const picture = await readFile(await workbench().screenshot("views"));
    assert.equal(picture.toString("latin1", 1, 4), "PNG");
  });

  it("can show the state at the end of a scenario", async () => {
    await workbench().runCommand("IOASID: Choose the State to Show…");
    await workbench().choose("torn down");
    const kvm = await workbench().view("IOASID", "KVM PASID Mappings");
    await eventually(
      "view without the mapping that was taken away",
      () => kvm.rows(),
      (rows) => rows.some(({ label }) => label === "vm1") && rows.every(({ label }) => label !== "vm0"),
    );
  });

  it("show what is wrong at what it is about, and how much that is", async () => {
    await workbench().openFile("conflicts.ioasid");
    const kvm = await workbench().view("IOASID", "KVM PASID Mappings");
    const missing = await kvm.row("vm0", "vPASID 7");
    assert.equal(missing.description, "missing, needed by wq0");
    assert.ok(missing.icons.includes("error"), missing.icons.join(" "));
    await workbench().page.locator(".activitybar .badge-content", { hasText: "2" }).waitFor();
  });

  it("find the references of a name", async () => {
    const devices = await workbench().view("IOASID", "Devices");
    const peek = workbench().page.locator(".reference-zone-widget");
    await devices.chooseFromMenu("Find References", peek, "Category 5", "wq0");
  });
});

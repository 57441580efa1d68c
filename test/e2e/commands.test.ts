import assert from "node:assert/strict";
import { eventually } from "./harness/eventually.js";
import { useWorkbench } from "./mocha/use-workbench.js";

/** A device that is attached before it is bound, which has one safe fix. */
const LATE_BIND = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  ioasid gpa
  attach nic -> gpa
}
`;

/** A file of RFC v1 with one statement that has no counterpart today. */
const OF_V1 = `uapi v1
pdev nic at 3b:00.0 { category 0 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
  register ram
}
`;

describe("the commands of the extension", () => {
  const workbench = useWorkbench({
    files: { "late-bind.ioasid": LATE_BIND, "of-v1.ioasid": OF_V1, "notes.txt": "nothing\n" },
  });

  /** Waits for a page; the frame that it is in is another one each time that it gets new contents. */
  async function headingOf(page: string, heading: string): Promise<void> {
    await eventually(
      `page "${heading}"`,
      async () =>
        (await workbench().webview(`Preview ${page}`))
          .locator("h1")
          .innerText()
          .catch(() => ""),
      (text) => text === heading,
    );
  }

  it("that are about a file are not offered where there is none", async () => {
    await workbench().openFile("notes.txt");
    assert.equal(await workbench().offersCommand("IOASID: Run Simulation"), false);
    assert.equal(await workbench().offersCommand("IOASID: Explain Rule…"), true);
  });

  it("show the page of a rule, whose links lead to other pages", async () => {
    await workbench().runCommand("IOASID: Explain Rule…");
    await workbench().choose("P003");
    await headingOf("P003.md", "P003: vPASID beyond the PASID width");
    const page = await workbench().webview("Preview P003.md");
    await page.locator("a", { hasText: "by errno and call" }).click();
    await headingOf("errnos.md", "Rules by errno and call");
  });

  it("begin a new file with a sample", async () => {
    // A page that still loads would take the focus from the list.
    await workbench().openFile("notes.txt");
    await workbench().runCommand("IOASID: New Configuration from Sample…");
    await workbench().choose("two-guests");
    assert.equal(
      await eventually(
        "language of the new file",
        () => workbench().language(),
        (language) => language === "IOASID",
      ),
      "IOASID",
    );
  });

  it("run a file and show its report", async () => {
    await workbench().openFile("late-bind.ioasid");
    await workbench().runCommand("IOASID: Run Simulation");
    const report = await workbench().webview("Report late-bind.ioasid");
    await report.locator("body", { hasText: "P021" }).waitFor();
  });

  it("fix what has one answer", async () => {
    const editor = await workbench().openFile("late-bind.ioasid");
    await editor.waitForSquiggle("error");
    await workbench().runCommand("IOASID: Fix All");
    await editor.waitForNoSquiggle("error");
    await editor.waitForLine('"bind nic"', ({ text }) => text.trim() === "bind nic");
  });

  it("show a file beside what it becomes behind iommufd", async () => {
    await workbench().openFile("of-v1.ioasid");
    await workbench().runCommand("IOASID: Port to iommufd…");
    await workbench().choose("iommufd");
    const { page, notifications } = workbench();
    const ported = page.locator(".monaco-diff-editor .modified-in-monaco-diff-editor");
    await ported.locator(".view-line", { hasText: /^\s*ioas\s+gpa$/ }).waitFor();
    await ported.locator(".view-line", { hasText: /\/\/\s+register\s+ram$/ }).waitFor();
    const { buttons } = await notifications.waitFor("Some of of-v1.ioasid could not be brought along");
    assert.deepEqual(buttons, ["Show"]);
  });
});

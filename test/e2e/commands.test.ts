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

describe("the commands of the extension", () => {
  const workbench = useWorkbench({ files: { "late-bind.ioasid": LATE_BIND, "notes.txt": "nothing\n" } });

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
});

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import type { TextEditor } from "./driver/text-editor.js";
import { eventually } from "./harness/eventually.js";
import { useWorkbench } from "./mocha/use-workbench.js";

describe("the simulation report in VS Code", () => {
  const workbench = useWorkbench({ folder: "examples" });
  let example: TextEditor;
  let report: Frame;

  const cursor = (line: number) =>
    workbench()
      .statusBarItem(new RegExp(`^Ln ${line}, `))
      .waitFor();

  before("the report opens", async () => {
    example = await workbench().openFile("guest-sva.ioasid");
    await workbench().runCommand("IOASID: Show Simulation Report");
    report = await workbench().webview("Report guest-sva.ioasid");
    await report.locator("article.report").waitFor();
  });

  it("has the outcome of each step, and the PASID table of each requester id", async () => {
    assert.match(
      await report.locator("header .verdict").innerText(),
      /^6 scenarios passed, 30 steps as stated/,
    );
    assert.deepEqual(await report.locator("#pasid-tables caption").allInnerTexts(), [
      "PASID table of 6a:01.0 dsa, behind vtd",
      "PASID table of 3b:00.0 nic, behind vtd",
    ]);
  });

  it("leads from a row to its source, with a click and by keys", async () => {
    await report.locator("tr", { hasText: "assert kvm vm0 pasid 7 == 3" }).click();
    await cursor(59);
    await report.locator("#pasid-tables tbody tr").nth(1).focus();
    await workbench().page.keyboard.press("ArrowDown");
    await workbench().page.keyboard.press("Enter");
    await cursor(36);
  });

  it("fetches the stages of a walk when they are opened", async () => {
    await report.locator("tr", { hasText: "enqcmd db to wq0" }).first().locator(".stages summary").click();
    await report.locator(".stages li", { hasText: "table entry 7 gives pPASID 3" }).waitFor();
  });

  it("shows the state at the end of a scenario", async () => {
    const choice = report.locator("#scenario");
    await choice.selectOption({ label: "the space is torn down in order" });
    await report.locator("#kvm-present table").nth(1).waitFor({ state: "detached" });
    assert.equal(await report.locator("details.scenario:not(.start)").count(), 1);
    await choice.selectOption({ label: "start state" });
    await report.locator("#kvm-present table").nth(1).waitFor();
  });

  it("follows what is typed and stays where one reads, with what was opened, and shows what failed alone when it is asked to", async () => {
    await report.locator(".stages li").first().waitFor();
    await report.evaluate(() => document.querySelector("#devices")?.scrollIntoView());
    // Where it stands in the window, which is what a person sees; how far the page is scrolled follows what grows above.
    const top = () => report.evaluate(() => document.querySelector("#devices")?.getBoundingClientRect().top);
    const before = (await top()) ?? Number.NaN;

    await example.goTo(59, 31);
    await example.type("\nassert kvm vm0 pasid 7 == 9");
    await report.locator("tr.failed", { hasText: "pasid 7 == 9" }).waitFor();
    await report.locator(".stages li", { hasText: "table entry 7 gives pPASID 3" }).waitFor();
    // By the new row and the new finding, and no more.
    await eventually("report where it was read", top, (now) => Math.abs((now ?? Number.NaN) - before) < 400);

    await report.locator("#failed").check();
    assert.equal(await report.locator("tbody tr:visible").count(), 1);
    await report.locator("#failed").uncheck();
  });

  it("looks like this", async () => {
    await report.evaluate(() => scrollTo(0, 0));
    const picture = await readFile(await workbench().screenshot("report"));
    assert.equal(picture.toString("latin1", 1, 4), "PNG");
  });

  it("is copied as Markdown", async () => {
    await report.locator("h1").click();
    await workbench().runCommand("IOASID: Copy Report as Markdown");
    const clipboard = () => workbench().page.evaluate(() => navigator.clipboard.readText());
    await eventually("report in the clipboard", clipboard, (text) => /^# guest-sva\.ioasid\n/.test(text));
  });

  it("is saved as a page that needs nothing else", async () => {
    await report.locator("h1").click();
    await workbench().runCommand("IOASID: Save Report as HTML…");
    const name = workbench().page.locator(".quick-input-widget input").first();
    await eventually(
      "proposed name",
      () => name.inputValue(),
      (value) => value.endsWith("/guest-sva.report.html"),
    );
    await workbench().page.getByRole("button", { name: "OK", exact: true }).click();
    const path = join(workbench().workspace, "guest-sva.report.html");
    const saved = await eventually(
      "saved report",
      () => readFile(path, "utf8").catch(() => ""),
      (text) => text.endsWith("</html>\n"),
    );
    assert.doesNotMatch(saved, /<script|https?:/);
    assert.match(saved, /stages of the walk<\/summary>/);
  });

  it("stays with its file when it is pinned", async () => {
    await example.press("Control+Z");
    await example.save();
    await report.locator("h1").click();
    const pin = workbench().page.locator('.action-label[aria-label="Pin Report to Its File"]');
    const tab = workbench().page.locator(".tab", { hasText: "[Report guest-sva.ioasid]" });
    await pin.waitFor();
    // A toolbar that is drawn anew at that moment swallows the click.
    await eventually(
      "pinned report",
      async () => {
        const isPinned = (await tab.count()) > 0;
        if (!isPinned) await pin.click({ timeout: 1000 }).catch(() => undefined);
        return tab.count();
      },
      (count) => count === 1,
    );
  });
});

import assert from "node:assert/strict";
import { useWorkbench } from "../mocha/use-workbench.js";

describe("the driver of the workbench", () => {
  const workbench = useWorkbench({
    extension: "dist/e2e/self/fixture-extension",
    files: { "a.fixture": "one two\nthis is wrnog here\n\nlast\n" },
    settings: { "editor.tabSize": 3 },
  });

  it("opens a file and knows its language", async () => {
    const editor = await workbench().openFile("a.fixture");

    const [first] = await editor.lines();

    assert.equal(first?.text, "one two");
    assert.equal(await workbench().language(), "Fixture");
  });

  it("sees what is underlined, and hints as no part of the text", async () => {
    const editor = await workbench().openFile("a.fixture");

    await editor.waitForInlayHint("18 long", 2);
    const { line, text, squiggles } = await editor.waitForSquiggle("error", "wrnog");

    assert.deepEqual({ line, text }, { line: 2, text: "this is wrnog here" });
    assert.deepEqual(squiggles, [{ severity: "error", text: "wrnog" }]);
    assert.deepEqual(
      (await editor.inlayHints()).map((hint) => hint.line),
      [1, 2, 4],
    );
  });

  it("applies a fix from the light bulb, types and saves", async () => {
    const editor = await workbench().openFile("a.fixture");

    await editor.placeCursor("this is wr$0nog here");
    await editor.quickFix("Write it right");
    await editor.waitForNoSquiggle("error");
    await editor.placeCursor("last$0");
    await editor.type(" words");
    await editor.save();

    assert.equal(await workbench().read("a.fixture"), "one two\nthis is right here\n\nlast words\n");
  });

  it("reads what the hover tells and what the completion offers", async () => {
    const editor = await workbench().openFile("a.fixture");

    await editor.placeCursor("on$0e two");

    assert.match(await editor.hover(), /The word one/);
    assert.deepEqual(await editor.complete(), ["one"]);
    await editor.press("Escape");
  });

  it("runs commands from the palette, and reads notifications", async () => {
    await workbench().runCommand("Fixture: Greet");

    assert.deepEqual(await workbench().notifications.waitFor("Good day"), {
      severity: "info",
      message: "Good day.",
      buttons: ["Answer"],
    });
    await workbench().notifications.choose("Good day", "Answer");
    await workbench().notifications.waitFor("Thank you.");
    assert.ok(await workbench().offersCommand("Fixture: Show Panel"));
    assert.ok(!(await workbench().offersCommand("Fixture: Never Enabled")));
  });

  it("clicks a code lens and talks to a webview", async () => {
    const editor = await workbench().openFile("a.fixture");

    await editor.clickCodeLens("show panel");
    const panel = await workbench().webview("A Panel");
    await panel.locator("#ask").click();
    await panel.locator("#answer", { hasText: "answer to question" }).waitFor();

    assert.equal(await panel.locator("h1").innerText(), "A panel");
  });

  it("reads trees and the status bar", async () => {
    const words = await workbench().view("Fixture", "Words");

    await words.waitForLabels("one", "two", "this", "is", "right", "here", "last", "words");
    await words.expand("is");

    assert.equal((await words.row("is", "s")).level, 2);
    assert.equal(await workbench().statusBarItem("fixture ready").count(), 1);
  });

  it("runs tests in the test explorer", async () => {
    const tests = await workbench().tests();

    assert.equal(await tests.run("a test that passes"), "passed");
    assert.equal(await tests.run("a test that fails"), "failed");
  });

  it("debugs", async () => {
    const editor = await workbench().openFile("a.fixture");

    await editor.toggleBreakpoint(2);
    await workbench().debugger.start();
    await workbench().debugger.waitForStop(2);
    assert.equal(await workbench().debugger.variable("Machine", "line"), "2");
    await workbench().debugger.press("Step Over");
    await workbench().debugger.waitForStop(3);
    await workbench().debugger.press("Stop");
    await workbench().debugger.waitForEnd();
  });
});

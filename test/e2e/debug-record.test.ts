import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { askToDebug, debugScenario, endDebugging, standsAt } from "./driver/debug-scenario.js";
import { eventually, PATIENCE_MS, until } from "./harness/eventually.js";
import { useWorkbench } from "./mocha/use-workbench.js";

const HOST = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1M -> ram }
  attach nic -> gpa
}
`;

/** Its first step is in line 10. */
const SOUND = `${HOST}scenario "work" {
  dma nic read 0x1000
  dma nic write 0x20_0000
  dma nic read 0x2000
}
`;

/** The first step that can be understood is in line 11. */
const WRONG = `${HOST}scenario "work" {
  dma nik read 0x1000
  dma nic read 0x2000
}
`;

const FIRST = "dma nic read $00x1000";

/** How long an act may take to come to something before it is done again. */
const ACT_LIMIT_MS = 10_000;

describe("what a person does with a debugged scenario in VS Code", () => {
  const workbench = useWorkbench({
    files: { "saved.ioasid": SOUND, "copied.ioasid": SOUND, "edited.ioasid": SOUND, "wrong.ioasid": WRONG },
    settings: { "debug.internalConsoleOptions": "neverOpen" },
  });

  before("the window is large enough for a debugger", () =>
    workbench().page.setViewportSize({ width: 1440, height: 1000 }),
  );

  it("saves the steps so far as a scenario, with what came of them", async () => {
    const editor = await debugScenario(workbench(), "saved.ioasid", FIRST, 10);
    for (const line of [11, 12]) {
      await workbench().debugger.press("Step Over");
      await standsAt(workbench(), editor, line);
    }
    await workbench().runCommand("IOASID: Save Steps as Scenario…");
    const widget = workbench().page.locator(".quick-input-widget");
    const title = widget.locator("input").first();
    await eventually(
      "title that is proposed",
      () => title.inputValue(),
      (value) => value.startsWith("work"),
    );
    await title.fill("as it was");
    await title.press("Enter");
    await widget.waitFor({ state: "hidden" });
    await editor.waitForLine("new scenario", ({ text }) => text === 'scenario "as it was" {');
    await editor.save();
    assert.equal(
      await workbench().read("saved.ioasid"),
      `${SOUND}
scenario "as it was" {
  dma nic read 0x1000 => ram[0x1000]
  dma nic write 0x20_0000 => fault not-mapped
}
`,
    );
  });

  describe("copies", () => {
    const clipboard = () => workbench().page.evaluate(() => navigator.clipboard.readText());

    /** Runs a command until the clipboard is as it should be: what moves the focus may close the palette. */
    const copies = async (command: string, holds: (text: string) => boolean): Promise<string> => {
      await workbench().page.evaluate(() => navigator.clipboard.writeText("nothing"));
      const done = await until(async () => {
        await workbench().runCommand(command);
        return until(async () => holds(await clipboard()), ACT_LIMIT_MS);
      }, PATIENCE_MS);
      assert.ok(done, `${command} leaves this in the clipboard: ${await clipboard()}`);
      return clipboard();
    };

    before(async () => {
      const editor = await debugScenario(workbench(), "copied.ioasid", FIRST, 10);
      for (const line of [11, 12]) {
        await workbench().debugger.press("Step Over");
        await standsAt(workbench(), editor, line);
      }
    });

    it("the trace as text", async () => {
      const text = await copies("IOASID: Copy Trace", (text) => text.includes("dma nic write"));
      const [title, ...lines] = text.split("\n");
      assert.equal(title, 'copied.ioasid: scenario "work"');
      assert.deepEqual(
        lines.filter((line) => line.startsWith("line ")),
        [
          "line 10: dma nic read 0x1000 => ram[0x1000]",
          "line 11: dma nic write 0x20_0000 => fault not-mapped",
        ],
      );
      assert.ok(lines.includes("    second: gpa level 2 entry 1 is not present; a map has to cover it"));
    });

    it("the trace as JSON", async () => {
      const text = await copies("IOASID: Copy Trace as JSON", (text) => text.startsWith("{"));
      const { file, scenario, steps } = JSON.parse(text);
      assert.deepEqual([file, scenario, steps.length], ["copied.ioasid", "work", 2]);
      assert.deepEqual([steps[1].text, steps[1].outcome], ["dma nic write 0x20_0000", "fault not-mapped"]);
    });
  });

  it("starts anew what was edited meanwhile, when the debugger offers it", async () => {
    const editor = await debugScenario(workbench(), "edited.ioasid", FIRST, 10);
    await editor.goTo(1);
    await editor.type("\n\n");
    await editor.save();
    assert.equal(await editor.saved(), `\n\n${SOUND}`);
    await workbench().debugger.press("Step Over");
    await workbench().notifications.choose("edited.ioasid changed after", "Restart");
    await standsAt(workbench(), editor, 12);
  });

  describe("decides about a file with errors", () => {
    let dialog: Locator;

    const asked = async (): Promise<void> => {
      const editor = await workbench().openFile("wrong.ioasid");
      await editor.waitForSquiggle("error", "nik");
      await askToDebug(workbench(), "wrong.ioasid", "dma nic read $00x2000");
      dialog = workbench().page.locator(".monaco-dialog-box");
      await dialog.waitFor();
    };

    const answer = async (button: string): Promise<void> => {
      await dialog.getByRole("button", { name: button }).click();
      await dialog.waitFor({ state: "hidden" });
    };

    before(() => endDebugging(workbench()));

    it("who is asked, and shown the first of them", async () => {
      await asked();
      assert.equal(
        await dialog.locator(".dialog-message-text").innerText(),
        "wrong.ioasid has an error. Debug what could be understood of it?",
      );
      assert.match(await dialog.locator(".dialog-message-detail").innerText(), /^"nik" is not declared/);
      await answer("Cancel");
      assert.ok(await workbench().page.locator(".debug-toolbar").isHidden());
    });

    it("and may look at the problems instead", async () => {
      await asked();
      await answer("Show Problems");
      await workbench().page.locator(".markers-panel .monaco-list-row").first().waitFor();
      assert.ok(await workbench().page.locator(".debug-toolbar").isHidden());
    });

    it("and may debug what is sound", async () => {
      await asked();
      await answer("Debug Anyway");
      await workbench().debugger.waitForStop(11);
    });
  });
});

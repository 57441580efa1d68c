import assert from "node:assert/strict";
import type { TextEditor } from "./driver/text-editor.js";
import { useWorkbench } from "./mocha/use-workbench.js";

describe("examples/guest-sva.ioasid in VS Code", () => {
  const workbench = useWorkbench({ folder: "examples" });
  let example: TextEditor;

  before("the example opens", async () => {
    example = await workbench().openFile("guest-sva.ioasid");
  });

  it("is known as IOASID and has colours", async () => {
    assert.equal(await workbench().language(), "IOASID");
    const { colours } = await example.waitForLine(
      'line "pasid-width   20" in two colours',
      ({ text, colours }) =>
        text.includes("pasid-width   20") && new Set(colours.map(({ colour }) => colour)).size > 1,
    );
    assert.equal(colours.map(({ text }) => text).join(""), "  pasid-width   20");
  });

  it("has no error under it, and hints beside it", async () => {
    await example.goTo(38);
    await example.waitForInlayHint(/./);

    const squiggles = (await example.lines()).flatMap((line) => line.squiggles);
    assert.deepEqual(
      squiggles.filter(({ severity }) => severity === "error"),
      [],
    );
    await workbench().screenshot("self/example");
    console.log(await example.inlayHints(), await example.codeLenses());
  });

  it("raises no notification", async () => {
    assert.deepEqual(await workbench().notifications.all(), []);
  });
});

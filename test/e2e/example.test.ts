import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { TextEditor } from "./driver/text-editor.js";
import { useWorkbench } from "./mocha/use-workbench.js";

describe("an example in VS Code", () => {
  const workbench = useWorkbench({ folder: "examples" });
  let example: TextEditor;

  before("the example opens", async () => {
    example = await workbench().openFile("guest-sva.ioasid");
  });

  it("is known as IOASID and has the colours of its grammar", async () => {
    assert.equal(await workbench().language(), "IOASID");

    const { colours } = await example.waitForLine('coloured line "pasid-width   20"', (line) => {
      return line.text === "  pasid-width   20" && coloursOf(line.colours) > 1;
    });

    const colourOf = (piece: string) => colours.find(({ text }) => text.includes(piece))?.colour;
    assert.notEqual(colourOf("pasid-width"), colourOf("20"));
  });

  it("tells behind each attach which PASID it got, and underlines nothing as an error", async () => {
    await example.placeCursor("$0  attach nic pasid 7 -> gva");

    const attach = await example.waitForInlayHint(/^pPASID 7/);

    assert.match(attach.text, /attach nic pasid 7 -> gva/);
    assert.deepEqual(
      (await example.lines())
        .flatMap(({ squiggles }) => squiggles)
        .filter(({ severity }) => severity === "error"),
      [],
    );
  });

  it("raises no notification", async () => {
    assert.deepEqual(await workbench().notifications.lasting(), []);
  });

  it("looks like this", async () => {
    const picture = await readFile(await workbench().screenshot("example"));

    assert.equal(picture.toString("latin1", 1, 4), "PNG");
  });
});

describe("the extension as it ships", () => {
  const workbench = useWorkbench({ shipped: true, folder: "examples" });

  it("opens an example, tells what came of it, and raises no notification", async () => {
    const example = await workbench().openFile("guest-sva.ioasid");

    await example.placeCursor("$0  attach nic pasid 7 -> gva");
    await example.waitForInlayHint(/^pPASID 7/);

    assert.deepEqual(await workbench().notifications.lasting(), []);
  });
});

function coloursOf(pieces: readonly { colour: string }[]): number {
  return new Set(pieces.map(({ colour }) => colour)).size;
}

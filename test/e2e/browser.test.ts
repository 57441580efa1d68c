import assert from "node:assert/strict";
import { type OpenWorkbench, openWorkbench } from "./driver/open.js";
import { Editor } from "./harness/editor.js";
import { eventually } from "./harness/eventually.js";
import { isSupported } from "./install/install.js";
import { shippedExtension } from "./mocha/shipped-extension.js";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach nic pasid 70000 -> gpa
}
`;

const SOUND = `${TEXT.replace(" pasid 70000", "")}scenario "one" {
  dma nic read 0x1000
}
`;

describe("the extension in the browser, with its server in a worker", () => {
  let editor: Editor | undefined;
  let opened: OpenWorkbench;

  before("VS Code opens", async function () {
    if (!isSupported) return this.skip();
    // An extension with both entry points runs in the browser when somebody says so.
    const settings = { "remote.extensionKind": { "ioasid.ioasid": ["web"] } };
    editor = await Editor.start({ vsix: await shippedExtension(), settings });
    const folder = await editor.makeWorkspace({ files: { "a.ioasid": TEXT, "b.ioasid": SOUND } });
    opened = await openWorkbench(editor, { folder });
  });

  after("the window closes", async () => {
    await opened?.close();
    await editor?.stop();
  });

  it("finds what is wrong, and shows what comes of each statement", async () => {
    const file = await opened.workbench.openFile("a.ioasid");
    await file.waitForSquiggle("error");
    await file.waitForInlayHint(/^EINVAL/, 7);
  });

  it("steps through a scenario, and into the hardware", async () => {
    const { workbench } = opened;
    await workbench.openFile("b.ioasid");
    await workbench.debugger.start();
    await workbench.runCommand("Run and Debug: Focus on Call Stack View");
    await workbench.debugger.waitForStop(10);
    await workbench.debugger.press("Step Into");
    const frame = await workbench.debugger.waitForStop(2);
    assert.match(frame.name, /^device: nic asks for 0x1000/);
  });

  it("shows the machine where it stands, in the views of the debugger and as a picture", async () => {
    const { workbench } = opened;
    const spaces = await workbench.view("Run and Debug", "I/O Address Spaces");
    await spaces.expand("vm0");
    await spaces.row("vm0", "gpa");
    const history = await workbench.view("Run and Debug", "History");
    await eventually(
      "step at which it stands",
      () => history.rows(),
      ([first]) => first?.label === "5  dma nic read 0x1000" && first.description === "you are here",
    );
    await workbench.runCommand("IOASID: Show Topology");
    const topology = await workbench.webview("Topology b.ioasid");
    for (const label of ["device nic", "requester id RID 3b:00.0", "memory vm0.ram"]) {
      await topology.locator(`.node[aria-label^="${label}"]`).waitFor();
    }
    await topology.locator("#way .here", { hasText: "nic asks for 0x1000" }).waitFor();
    await workbench.debugger.press("Stop");
    await workbench.debugger.waitForEnd();
  });

  it("shows the pages of the rules", async () => {
    await opened.workbench.runCommand("IOASID: Explain Rule…");
    await opened.workbench.choose("P003");
    const page = await opened.workbench.webview("Preview P003.md");
    await page.locator("h1", { hasText: "P003: vPASID beyond the PASID width" }).waitFor();
  });
});

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Frame } from "playwright-core";
import { askToDebug, endDebugging } from "./driver/debug-scenario.js";
import { Tree } from "./driver/tree.js";
import { eventually } from "./harness/eventually.js";
import { useWorkbench } from "./mocha/use-workbench.js";

describe("the views of the debugger in VS Code", () => {
  const workbench = useWorkbench({
    folder: "examples",
    settings: { "debug.internalConsoleOptions": "neverOpen" },
  });
  let topology: Frame;

  /** A view that is open; a step moves the focus, so that nothing can be asked of the palette meanwhile. */
  const view = (name: string) =>
    new Tree(workbench().page.locator(`.pane .monaco-list[aria-label="${name}"]`), `the view ${name}`);

  const open = (name: string) => workbench().runCommand(`Run and Debug: Focus on ${name} View`);

  const isPicture = async (name: string): Promise<void> => {
    // What opened under the mouse goes when the mouse does.
    await workbench().page.mouse.move(700, 15);
    await workbench().page.locator(".workbench-hover").first().waitFor({ state: "hidden" });
    const picture = await readFile(await workbench().screenshot(name));
    assert.equal(picture.toString("latin1", 1, 4), "PNG");
  };

  /** Waits until a row is described so; a view follows the debugger a moment later. */
  const described = async (tree: Tree, label: string, what: RegExp): Promise<void> => {
    await eventually(
      `row "${label}" that says ${what}`,
      () => tree.rows(),
      (rows) => rows.some((row) => row.label === label && what.test(row.description)),
    );
  };

  /** Waits for where the request is in the picture, as a screen reader says it. */
  const here = async (what: RegExp): Promise<void> => {
    await eventually(
      `request at ${what}`,
      () =>
        topology
          .locator(".node:is(.here, .failed)")
          .evaluateAll((found) => found.map((each) => each.getAttribute("aria-label") ?? "")),
      ([label = ""]) => what.test(label),
    );
  };

  /** Debugs the scenario that some text stands in; it stands still at its first line then. */
  const debug = async (file: string, marked: string, first: number): Promise<void> => {
    const { page, debugger: session } = workbench();
    await endDebugging(workbench());
    // Where text is edited, so that the file does not cover the picture.
    const tab = page.locator(".tabs-container .tab").first();
    if (await tab.isVisible()) await tab.click();
    const editor = await askToDebug(workbench(), file, marked);
    // It stands still when the editor shows where, and takes the focus no more.
    await editor.element.locator(".debug-top-stack-frame-line").waitFor();
    await open("History");
    await session.waitForStop(first);
    await workbench().runCommand("IOASID: Show Topology");
    topology = await workbench().webview(`Topology ${file}`);
  };

  before("the window is large enough for a debugger", () =>
    workbench().page.setViewportSize({ width: 1440, height: 1000 }),
  );

  describe("without a session", () => {
    it("are not there, and the topology shows the start state", async () => {
      await workbench().openFile("guest-sva.ioasid");
      await workbench().runCommand("IOASID: Show Topology");
      topology = await workbench().webview("Topology guest-sva.ioasid");
      await topology.locator('.node[aria-label^="device wq0"]').waitFor();
      assert.equal(await topology.locator("#title").innerText(), "start state");
      assert.ok(await topology.locator("#way").isHidden());
    });
  });

  describe("step by step", () => {
    it("stand in the side bar, and tell every step so far", async () => {
      await debug("guest-sva.ioasid", "assert kvm vm0 pasid 7 == $03", 57);
      for (let line = 58; line <= 61; line += 1) {
        await workbench().debugger.press("Step Over");
        await workbench().debugger.waitForStop(line);
      }
      const history = view("History");
      await described(history, "26  enqcmd db to wq0 write 0x7f00_0000_1000", /^you are here$/);
      await described(history, "24  assert kvm vm0 pasid 7 == 3", /^3$/);
    });

    it("show the entry of the KVM table that a walk reads, and the topology lights up", async () => {
      await topology.locator(".node.coming").first().waitFor();
      await workbench().debugger.press("Step Into");
      await workbench().debugger.press("Step Into");
      await here(/KVM PASID translation vPASID 7; KVM: pPASID 3; the request is here/);
      await topology.locator("#way .here", { hasText: "table entry 7 gives pPASID 3" }).waitFor();
      await open("KVM PASID Translation");
      const kvm = view("KVM PASID Translation");
      await kvm.expand("vm0", "vPASID 7 → pPASID 3");
      const { description } = await kvm.row("vm0", "vPASID 7 → pPASID 3", "table");
      assert.equal(description, "entry 7 · pPASID 3");
      await isPicture("debug-kvm");
    });

    it("go back with the debugger", async () => {
      await workbench().debugger.press("Step Back");
      await topology.locator("#way .here", { hasText: "low directory entry 0 is present" }).waitFor();
    });

    it("show what a changed value makes of a request", async () => {
      const { variables } = workbench().debugger;
      await open("Variables");
      await variables.click("Step");
      await workbench().page.keyboard.press("ArrowLeft");
      await variables.click("KVM");
      await variables.row("KVM", "vm0");
      for (const _row of ["vm0", "vm1", "IA32_PASID of vm0.db"]) {
        await workbench().page.keyboard.press("ArrowDown");
      }
      await variables.row("KVM", "IA32_PASID of vm0.db");
      await workbench().page.keyboard.press("F2");
      await workbench().page.keyboard.press("Control+A");
      await workbench().page.keyboard.type("8");
      await workbench().page.keyboard.press("Enter");
      await topology.locator('.node.missing[aria-label*="vPASID 8; no entry"]').waitFor();
      assert.match(await topology.locator("#title").innerText(), /⇒ vm-exit 72$/);
    });

    it("travel to a step of the history", async () => {
      const history = view("History");
      await history.row("26  set-pasid vm0.db 8");
      await history.click("23  assert ppasid wq0 pasid 7 == 3");
      await workbench().debugger.waitForStop(58);
      await described(history, "23  assert ppasid wq0 pasid 7 == 3", /^you are here$/);
      await described(history, "26  set-pasid vm0.db 8", /not yet/);
    });

    it("lead from the picture to the source, by keys too, and save it", async () => {
      await topology.locator('.node[aria-label^="device wq0"]').focus();
      await workbench().page.keyboard.press("Enter");
      await workbench()
        .statusBarItem(/^Ln 18, /)
        .waitFor();
      await topology.locator("#words").fill("gva");
      await eventually(
        "two spaces that are found",
        () => topology.locator(".node.found").count(),
        (count) => count === 2,
      );
      await topology.locator("#words").press("Enter");
      await topology.locator(".node.found:focus").waitFor();
      await topology.locator("#words").fill("");
      for (const form of ["SVG", "PNG"]) {
        await workbench().runCommand(`IOASID: Save Topology as ${form}…`);
        await eventually(
          "path of the picture",
          () => workbench().page.locator(".quick-input-widget input").first().inputValue(),
          (path) => path.endsWith(`.topology.${form.toLowerCase()}`),
        );
        await workbench().page.keyboard.press("Enter");
        await workbench()
          .statusBarItem(`The picture is in guest-sva.topology.${form.toLowerCase()}`)
          .waitFor();
      }
      assert.match(await workbench().read("guest-sva.topology.svg"), /^<svg .*vm0\.gva/s);
      assert.match(await workbench().read("guest-sva.topology.png"), /^.PNG/);
    });
  });

  describe("at the illegal mix", () => {
    it("show the conflict, and where the request has gone", async () => {
      await debug("illegal-mix.ioasid", "// programmed by MMIO: $0right", 38);
      await workbench().debugger.press("Continue");
      await here(/memory vm0\.ram/);
      await topology.locator(".node.conflict.owner").waitFor();
      await isPicture("debug-illegal-mix");
    });
  });

  describe("at a stale translation", () => {
    it("mark what the IOTLB still believes", async () => {
      await debug("rfc-5-7-pasid-table.ioasid", "=> ram[0x20_0000]         // $0stale", 32);
      await workbench().debugger.press("Continue");
      await topology.locator("#way .passed", { hasText: "iotlb" }).waitFor();
      await workbench().page.locator('.pane-header[aria-label^="KVM PASID Translation"]').click();
      await open("IOTLB");
      await described(view("IOTLB"), "00:02.0 PASID 5", /stale/);
      await isPicture("debug-stale");
    });
  });

  describe("in the panel", () => {
    it("show tables with their columns, of which a row leads to its source", async () => {
      await debug("guest-sva.ioasid", "dma wq0 read 0x1000 $0", 57);
      await workbench().runCommand("IOASID Tables: Focus on Tables View");
      const tables = await workbench().webview("Tables");
      await tables.locator("tr.here", { hasText: "assert ppasid wq0 == 1" }).waitFor();
      await tables.locator("#table").selectOption({ label: "KVM PASID translation of vm0 (1)" });
      const [row = ""] = await eventually(
        "slot of vPASID 7",
        () => tables.locator("#rows tr").allInnerTexts(),
        ([first = ""]) => first.startsWith("7\tlow"),
      );
      assert.equal(row.trim(), "7\tlow\t0\t7\t3\tgva\tpresent\twq0 (pPASID 3)");
      await isPicture("debug-tables");
      await tables.locator("#rows tr").first().focus();
      await workbench().page.keyboard.press("Enter");
      await workbench()
        .statusBarItem(/^Ln 37, /)
        .waitFor();
    });
  });
});

import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import { Debugger } from "./debugger.js";
import { Notifications } from "./notifications.js";
import { choose, isLabelled, openQuickInput, pick, quickInputLabels } from "./quick-input.js";
import { TestExplorer } from "./test-explorer.js";
import { TextEditor } from "./text-editor.js";
import { Tree } from "./tree.js";
import { findWebview } from "./webview.js";

/** Pictures for readers go to docs, and only when somebody wants them anew. */
const IMAGES = resolve(process.env.REFRESH_IMAGES === "1" ? "docs/images" : "dist/e2e/images");

/** A window of VS Code, in the words of a person who uses it. Everything waits until it can be done. */
export class Workbench {
  readonly notifications: Notifications;
  readonly debugger: Debugger;

  /** @param workspace absolute path of the folder that is open */
  constructor(
    readonly page: Page,
    readonly workspace: string,
  ) {
    this.notifications = new Notifications(page);
    this.debugger = new Debugger(page);
  }

  /** Waits until the window can be used. */
  async waitUntilReady(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar .statusbar-item").first().waitFor();
  }

  /** Runs a command from the palette. @param label in full, `IOASID: Run Simulation` */
  runCommand(label: string): Promise<void> {
    return pick(this.page, "F1", `>${label}`, label);
  }

  /** Chooses from the list that a command has opened. @param text what the row has in it */
  choose(text: string): Promise<void> {
    return choose(this.page, text);
  }

  /** Whether the palette offers a command, of those that the window knows by now. */
  async offersCommand(label: string): Promise<boolean> {
    await openQuickInput(this.page, "F1", `>${label}`);
    await this.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    const rows = await quickInputLabels(this.page);
    await this.page.keyboard.press("Escape");
    return rows.some((row) => isLabelled(row, label));
  }

  /** Opens a file of the workspace. @param path from its root */
  async openFile(path: string): Promise<TextEditor> {
    const absolute = join(this.workspace, path);
    await pick(this.page, "Control+P", absolute, basename(path));
    const editor = new TextEditor(this.page, absolute);
    await editor.element.locator(".view-line").first().waitFor();
    return editor;
  }

  /** A file of the workspace, as it was saved last. @param path from its root */
  read(path: string): Promise<string> {
    return readFile(join(this.workspace, path), "utf8");
  }

  /** Shows a view. @param container the title of where it is @param name its own title */
  async view(container: string, name: string): Promise<Tree> {
    await this.runCommand(`${container}: Focus on ${name} View`);
    return new Tree(this.page.locator(`.pane .monaco-list[aria-label="${name}"]`), `the view ${name}`);
  }

  /** Shows the test explorer. */
  async tests(): Promise<TestExplorer> {
    await this.runCommand("Testing: Focus on Test Explorer View");
    return new TestExplorer(this.page);
  }

  /** The document inside a webview, once it is there. @param title of its tab */
  webview(title: string): Promise<Frame> {
    return findWebview(this.page, title);
  }

  /** The item of the status bar with this in it. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item", { hasText: text });
  }

  /** The language of the file whose editor has the focus, as the status bar names it. */
  language(): Promise<string> {
    return this.page.locator("#status\\.editor\\.mode").innerText();
  }

  /**
   * Takes a picture. `npm run images` puts it into docs/images, a plain run of the tests into dist/e2e/images.
   *
   * @param name of the file, without its end
   */
  async screenshot(name: string): Promise<string> {
    const path = join(IMAGES, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    // Away from everything that opens under the mouse.
    await this.page.mouse.move(700, 15);
    await this.page.screenshot({ path, animations: "disabled", caret: "hide" });
    return path;
  }
}

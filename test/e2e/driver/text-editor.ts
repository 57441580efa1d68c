import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Locator, Page } from "playwright-core";
import { eventually } from "../harness/eventually.js";
import { ActionMenu } from "./menu.js";
import { goTo, positionOf } from "./position.js";
import {
  readVisibleCodeLenses,
  readVisibleLines,
  type Severity,
  type VisibleCodeLens,
  type VisibleLine,
} from "./visible-lines.js";

/** The editor of one file, whatever else is open. */
export class TextEditor {
  /** The element of the editor, for what this class has no word for. */
  readonly element: Locator;
  private readonly name: string;

  /** @param path absolute */
  constructor(
    private readonly page: Page,
    readonly path: string,
  ) {
    this.name = basename(path);
    this.element = page.locator(`.editor-instance .monaco-editor[data-uri$="${path}"]`);
  }

  // --- The text ---

  /** The lines in sight. */
  lines(): Promise<VisibleLine[]> {
    return readVisibleLines(this.element);
  }

  /** Waits until a line in sight is as told. @param expected the end of "There is no …" */
  async waitForLine(expected: string, holds: (line: VisibleLine) => boolean): Promise<VisibleLine> {
    const lines = await eventually(
      `${expected} in ${this.name}`,
      () => this.lines(),
      (seen) => seen.some(holds),
      (seen) => seen.map(({ colours: _, ...line }) => line),
    );
    return lines.find(holds)!;
  }

  /** The file as it was saved last. */
  saved(): Promise<string> {
    return readFile(this.path, "utf8");
  }

  /** Saves the file, and waits until it is. */
  async save(): Promise<void> {
    await this.focus();
    await this.page.keyboard.press("Control+S");
    await this.page.locator(`.tab.dirty[data-resource-name="${this.name}"]`).waitFor({ state: "hidden" });
  }

  // --- The cursor ---

  async focus(): Promise<void> {
    await this.element.locator(".native-edit-context, textarea.inputarea").first().focus();
  }

  /** Sets the cursor. @param line from 1 @param column from 1 */
  async goTo(line: number, column = 1): Promise<void> {
    await this.focus();
    await goTo(this.page, line, column);
  }

  /**
   * Sets the cursor to where `$0` stands in a piece of the text, `attach wq0 $0pasid`, which is looked for in
   * the file as it was saved last.
   *
   * @throws unless the piece stands there exactly once
   */
  async placeCursor(marked: string): Promise<void> {
    const { line, column } = positionOf(await this.saved(), marked);
    await this.goTo(line, column);
  }

  /** Types as a person does, key by key, at the cursor. */
  async type(text: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.type(text);
  }

  /** Presses a key or a chord, as Playwright names it: `Control+Space`. */
  async press(key: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.press(key);
  }

  // --- What the extension adds ---

  /** Waits for a place to be underlined. @param text what is above the line in full; any, if left out */
  async waitForSquiggle(severity: Severity, text?: string): Promise<VisibleLine> {
    return this.waitForLine(
      `${severity} under ${text === undefined ? "any text" : `"${text}"`}`,
      ({ squiggles }) =>
        squiggles.some(
          (squiggle) => squiggle.severity === severity && (text ?? squiggle.text) === squiggle.text,
        ),
    );
  }

  /** Waits until no place in sight is underlined with one of these. */
  async waitForNoSquiggle(...severities: readonly Severity[]): Promise<void> {
    await eventually(
      `${this.name} without ${severities.join(" and ")}`,
      async () => (await this.lines()).flatMap(({ squiggles }) => squiggles),
      (seen) => seen.every(({ severity }) => !severities.includes(severity)),
    );
  }

  /** The inlay hints in sight. */
  async inlayHints(): Promise<{ line: number; text: string }[]> {
    return (await this.lines()).flatMap(({ line, hints }) => hints.map((text) => ({ line, text })));
  }

  /** Waits for an inlay hint. @param line from 1; in any, if left out */
  async waitForInlayHint(text: string | RegExp, line?: number): Promise<VisibleLine> {
    const isIt = (hint: string) => (typeof text === "string" ? hint === text : text.test(hint));
    return this.waitForLine(
      `hint ${text}${line === undefined ? "" : ` in line ${line}`}`,
      (seen) => (line ?? seen.line) === seen.line && seen.hints.some(isIt),
    );
  }

  /** The code lenses in sight. */
  codeLenses(): Promise<VisibleCodeLens[]> {
    return readVisibleCodeLenses(this.element);
  }

  /** Waits for a code lens. @param line the one below it, from 1; any, if left out */
  async waitForCodeLens(title: string, line?: number): Promise<VisibleCodeLens> {
    const isIt = (lens: VisibleCodeLens) => lens.title === title && (line ?? lens.line) === lens.line;
    const lenses = await eventually(
      `code lens "${title}"${line === undefined ? "" : ` above line ${line}`} in ${this.name}`,
      () => this.codeLenses(),
      (seen) => seen.some(isIt),
    );
    return lenses.find(isIt)!;
  }

  /** Clicks the first code lens in sight with this title, once there is one. */
  async clickCodeLens(title: string): Promise<void> {
    await this.waitForCodeLens(title);
    await this.element
      .locator(".codelens-decoration a")
      .filter({ visible: true })
      .and(this.page.getByText(title, { exact: true }))
      .first()
      .click();
  }

  /** Opens the code actions at the cursor by their key. */
  async openCodeActions(): Promise<ActionMenu> {
    await this.press("Control+.");
    await this.page.locator(".action-widget .monaco-list-row.action").first().waitFor();
    return new ActionMenu(this.page);
  }

  /** Opens the code actions at the cursor by a click on the light bulb, once it shows. */
  async openLightBulb(): Promise<ActionMenu> {
    await this.focus();
    await this.element.locator(".lightBulbWidget, [class*='codicon-gutter-lightbulb']").first().click();
    await this.page.locator(".action-widget .monaco-list-row.action").first().waitFor();
    return new ActionMenu(this.page);
  }

  /** Applies a code action at the cursor, from the light bulb. */
  async quickFix(title: string): Promise<void> {
    await (await this.openLightBulb()).choose(title);
  }

  /** What hovering over the cursor's place tells, once it does. */
  async hover(): Promise<string> {
    await this.focus();
    await this.page.keyboard.press("Control+K");
    await this.page.keyboard.press("Control+I");
    const contents = this.page.locator(
      ".monaco-editor .monaco-resizable-hover .hover-contents, .monaco-hover .hover-contents",
    );
    await contents.first().waitFor();
    const text = (await contents.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
    await this.page.keyboard.press("Escape");
    return text;
  }

  /** Asks for completions at the cursor; the labels in sight. The list stays open. */
  async complete(): Promise<string[]> {
    await this.press("Control+Space");
    const rows = this.page.locator(".suggest-widget.visible .monaco-list-row");
    await rows.first().waitFor();
    return rows.locator(".label-name").allTextContents();
  }

  /** Sets a breakpoint, or removes it. @param line from 1 */
  async toggleBreakpoint(line: number): Promise<void> {
    await this.goTo(line);
    await this.press("F9");
  }
}

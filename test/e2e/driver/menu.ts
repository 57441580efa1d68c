import type { Page } from "playwright-core";
import { eventually } from "../harness/eventually.js";

/** The open menu of code actions. */
export class ActionMenu {
  constructor(private readonly page: Page) {}

  /** The titles, from top to bottom. */
  titles(): Promise<string[]> {
    return this.page.locator(".action-widget .monaco-list-row.action .title").allTextContents();
  }

  /** Applies the action with this title. */
  async choose(title: string): Promise<void> {
    const titles = await eventually(
      `code action "${title}"`,
      () => this.titles(),
      (seen) => seen.includes(title),
    );
    await this.page.locator(".action-widget .monaco-list-row.action").nth(titles.indexOf(title)).click();
    await this.page.locator(".action-widget .monaco-list-row").first().waitFor({ state: "hidden" });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.page.locator(".action-widget .monaco-list-row").first().waitFor({ state: "hidden" });
  }
}

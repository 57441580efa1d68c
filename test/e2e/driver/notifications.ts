import type { Page } from "playwright-core";
import { eventually, PATIENCE_MS, until } from "../harness/eventually.js";

/** How long a click on the bell may take to act. */
const CLICK_LIMIT_MS = 3_000;

/** A message that the window shows in its corner or keeps in its bell. */
export interface Notification {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** The titles of its buttons. */
  readonly buttons: readonly string[];
}

/** The messages of a window. They are read from the bell, where they are also when none shows by itself. */
export class Notifications {
  constructor(private readonly page: Page) {}

  /** Those that nobody has cleared, the latest first. */
  async all(): Promise<Notification[]> {
    await this.open();
    const seen = await this.read();
    await this.close();
    return seen;
  }

  /**
   * Those that stay. A busy editor shows some of its own that tell what it is about, such as "Activating
   * Extensions...", and takes them away when that is done.
   */
  async lasting(): Promise<Notification[]> {
    let seen: Notification[] = [];
    await until(async () => {
      seen = await this.all();
      return seen.length === 0;
    }, PATIENCE_MS);
    return seen;
  }

  /** Waits for a message with this in it. */
  async waitFor(text: string): Promise<Notification> {
    await this.open();
    const isIt = ({ message }: Notification) => message.includes(text);
    const seen = await eventually(
      `notification "${text}"`,
      () => this.read(),
      (all) => all.some(isIt),
    );
    await this.close();
    return seen.find(isIt)!;
  }

  /** Presses a button of the message with this in it. */
  async choose(text: string, button: string): Promise<void> {
    await this.waitFor(text);
    await this.open();
    const item = this.page
      .locator(".notifications-center .notification-list-item", { hasText: text })
      .first();
    await item.locator(".monaco-button", { hasText: button }).click();
    await this.close();
  }

  private open(): Promise<void> {
    return this.show(true);
  }

  private close(): Promise<void> {
    return this.show(false);
  }

  /** The bell opens and closes; a click is lost when the status bar changes under it, so it is tried again. */
  private async show(wanted: boolean): Promise<void> {
    const done = await until(async () => {
      if ((await this.isOpen()) === wanted) return true;
      await this.page.locator("#status\\.notifications a").click();
      return until(async () => (await this.isOpen()) === wanted, CLICK_LIMIT_MS);
    }, PATIENCE_MS);
    if (!done)
      throw new Error(`The notifications do not ${wanted ? "open" : "close"} by a click on the bell.`);
  }

  private isOpen(): Promise<boolean> {
    return this.page.locator(".notifications-center.visible").isVisible();
  }

  private read(): Promise<Notification[]> {
    return this.page.locator(".notifications-center .notification-list-item").evaluateAll((items) =>
      items.map((item) => {
        const icon = item.querySelector(".notification-list-item-icon")?.className ?? "";
        return {
          severity: icon.includes("codicon-error")
            ? "error"
            : icon.includes("codicon-warning")
              ? "warning"
              : "info",
          message: item.querySelector(".notification-list-item-message")?.textContent ?? "",
          buttons: [...item.querySelectorAll(".monaco-button")].map(({ textContent }) => textContent ?? ""),
        };
      }),
    );
  }
}

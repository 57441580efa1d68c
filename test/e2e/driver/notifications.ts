import type { Page } from "playwright-core";
import { eventually } from "../harness/eventually.js";

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

  private async open(): Promise<void> {
    if (await this.isOpen()) return;
    await this.page.locator("#status\\.notifications a").click();
    await this.page.locator(".notifications-center.visible").waitFor();
  }

  private async close(): Promise<void> {
    if (!(await this.isOpen())) return;
    await this.page.locator("#status\\.notifications a").click();
    await this.page.locator(".notifications-center.visible").waitFor({ state: "hidden" });
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

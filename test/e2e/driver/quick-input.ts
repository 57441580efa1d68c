import type { Locator, Page } from "playwright-core";
import { GESTURE_LIMIT_MS, gesture } from "../harness/eventually.js";

/**
 * Opens a quick input, types into it and accepts the row with this label. Tries again while there is none,
 * because a window that has just opened does not know everything yet.
 *
 * @param key what opens it
 * @throws with the rows that there were
 */
export async function pick(page: Page, key: string, typed: string, label: string): Promise<void> {
  const [whole, begun] = [JSON.stringify(label), JSON.stringify(`${label}, `)];
  const row = page.locator(
    `.quick-input-list .monaco-list-row:is([aria-label=${whole}], [aria-label^=${begun}])`,
  );
  let rows: string[] = [];
  let chosen = false;
  await gesture(
    () => `Choosing "${label}" from ${rows.join(" | ")}`,
    async () => {
      await openQuickInput(page, key, typed);
      await row.first().click({ timeout: GESTURE_LIMIT_MS });
      chosen = true;
    },
    async () => chosen,
    async () => {
      rows = await quickInputLabels(page);
      await page.keyboard.press("Escape");
    },
  );
}

/** Types into the quick input that a command has opened, and accepts the first row with this in it. */
export async function choose(page: Page, typed: string): Promise<void> {
  // The palette may only be about to close, with the command itself in it, which may have the same words.
  const rows = '.quick-input-list .monaco-list-row:not([aria-label^="IOASID: "])';
  const row = page.locator(rows, { hasText: typed }).first();
  let chosen = false;
  await gesture(
    `Choosing "${typed}"`,
    async () => {
      await writeInto(inputOf(page), typed);
      await row.click({ timeout: GESTURE_LIMIT_MS });
      chosen = true;
    },
    async () => chosen,
  );
}

/** Opens a quick input and types into it. */
export async function openQuickInput(page: Page, key: string, typed: string): Promise<void> {
  await page.keyboard.press(key);
  await writeInto(inputOf(page), typed);
}

/**
 * Writes into the input and nowhere else: what is typed goes to whatever has the focus, and a window that is busy
 * may take that away from the input meanwhile, so that it would land in a file.
 */
export async function writeInto(input: Locator, text: string): Promise<void> {
  await input.waitFor({ timeout: GESTURE_LIMIT_MS });
  await input.evaluate((element, value) => {
    if (element instanceof HTMLInputElement) element.value = value;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}

function inputOf(page: Page): Locator {
  return page.locator(".quick-input-widget input").first();
}

/** What each row in sight is called. */
export function quickInputLabels(page: Page): Promise<string[]> {
  return page
    .locator(".quick-input-list .monaco-list-row")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
}

/** Whether a row is called so; it may go on to tell a key or a group. */
export function isLabelled(row: string, label: string): boolean {
  return row === label || row.startsWith(`${label}, `);
}

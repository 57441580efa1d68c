import type { Page } from "playwright-core";
import { PATIENCE_MS, until } from "../harness/eventually.js";

/** How long a list may take before it is asked anew: it does not learn of what comes later. */
const LIST_LIMIT_MS = 5_000;

/**
 * Opens a quick input, types into it and accepts the row with this label. Tries again while there is none,
 * because a window that has just opened does not know everything yet.
 *
 * @param key what opens it
 * @throws with the rows that there were
 */
export async function pick(page: Page, key: string, typed: string, label: string): Promise<void> {
  let rows: string[] = [];
  const found = await until(async () => {
    await openQuickInput(page, key, typed);
    const came = await until(async () => {
      rows = await quickInputLabels(page);
      return rows.some((row) => isLabelled(row, label));
    }, LIST_LIMIT_MS);
    if (!came) await page.keyboard.press("Escape");
    return came;
  }, PATIENCE_MS);
  if (!found) throw new Error(`There is no "${label}" to choose. There is instead: ${rows.join(" | ")}`);
  const chosen = rows.find((row) => isLabelled(row, label)) ?? "";
  await page
    .locator(".quick-input-list .monaco-list-row")
    .and(page.getByLabel(chosen, { exact: true }))
    .click();
}

/** Types into the quick input that a command has opened, and accepts the first row with this in it. */
export async function choose(page: Page, typed: string): Promise<void> {
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor();
  await input.fill(typed);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: typed }).first().click();
}

/** Opens a quick input and types into it. */
export async function openQuickInput(page: Page, key: string, typed: string): Promise<void> {
  await page.keyboard.press(key);
  const input = page.locator(".quick-input-widget input").first();
  await input.waitFor();
  await input.fill(typed);
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

import type { Page } from "playwright-core";
import { PATIENCE_MS, until } from "../harness/eventually.js";

/** How long a list may take before it is asked anew: it does not learn of commands that come later. */
const LIST_LIMIT_MS = 3_000;

/**
 * Opens a quick input, types into it and accepts the row with this label. Tries again while there is none,
 * because a window that has just opened does not know everything yet.
 *
 * @param key what opens it
 * @throws with the rows that there were
 */
export async function pick(page: Page, key: string, typed: string, label: string): Promise<void> {
  const row = page
    .locator(".quick-input-list .monaco-list-row")
    .and(page.locator(`[aria-label="${label}"], [aria-label^="${label},"], [aria-label^="${label} ("]`));
  let rows: string[] = [];
  const found = await until(async () => {
    await page.keyboard.press(key);
    const input = page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(typed);
    if (await until(async () => (await row.count()) > 0, LIST_LIMIT_MS)) return true;
    rows = await page.locator(".quick-input-list .monaco-list-row .label-name").allTextContents();
    await page.keyboard.press("Escape");
    return false;
  }, PATIENCE_MS);
  if (!found) throw new Error(`There is no "${label}" to choose. There is instead: ${rows.join(" | ")}`);
  await row.first().click();
}

import type { Page } from "playwright-core";
import { GESTURE_LIMIT_MS, gesture } from "../harness/eventually.js";
import { writeInto } from "./quick-input.js";

/** A place in a text; both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where `$0` of a piece of text stands in a whole text.
 *
 * @throws unless the piece stands in it exactly once
 */
export function positionOf(text: string, marked: string): Position {
  const cursor = marked.indexOf("$0");
  if (cursor < 0) throw new Error(`"${marked}" has no $0.`);
  const piece = marked.replace("$0", "");
  const places = text.split(piece).length - 1;
  if (places !== 1) throw new Error(`"${piece}" stands ${places} times in the file, instead of once.`);
  const before = text.slice(0, text.indexOf(piece) + cursor).split("\n");
  return { line: before.length, column: before[before.length - 1]!.length + 1 };
}

/** Sets the cursor of the focused editor, and waits until it is there. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  const input = page.locator(".quick-input-widget input").first();
  const there = page.locator("#status\\.editor\\.selection", {
    hasText: new RegExp(`^Ln ${line}, Col \\d+$`),
  });
  await gesture(
    `Going to line ${line}`,
    async () => {
      await page.keyboard.press("Control+G");
      await writeInto(input, `:${line}:${column}`);
      await input.press("Enter", { timeout: GESTURE_LIMIT_MS });
      await input.waitFor({ state: "hidden", timeout: GESTURE_LIMIT_MS });
    },
    () => there.isVisible(),
    () => page.keyboard.press("Escape"),
  );
}

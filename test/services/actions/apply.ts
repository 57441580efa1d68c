import assert from "node:assert/strict";
import { applyEdits } from "../../../engine/language/index.js";
import type { Action } from "../../../engine/services/index.js";
import { FILE } from "../view.js";

/** A text after an action that changes nothing else. */
export function applied(text: string, { edits }: Action): string {
  assert.ok(edits.every(({ file }) => file === FILE));
  return applyEdits(text, edits);
}

/** The only action, or the one with a title. */
export function only(actions: readonly Action[], title?: string): Action {
  const found = title === undefined ? actions : actions.filter((each) => each.title === title);
  assert.equal(found.length, 1, `among ${actions.map((each) => each.title).join("; ")}`);
  return found[0]!;
}

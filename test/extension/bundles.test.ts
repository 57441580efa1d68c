import assert from "node:assert/strict";
import { statSync } from "node:fs";

/**
 * Bytes that each bundle may have, minified. `docs/decisions/0009-bundles.md` says what is in them and how the
 * numbers came about.
 */
const BUDGETS: Readonly<Record<string, number>> = {
  "dist/client.cjs": 350_000,
  "dist/client.browser.cjs": 350_000,
};

describe("the bundles of the extension", () => {
  for (const [path, budget] of Object.entries(BUDGETS)) {
    it(`${path} has at most ${budget} bytes`, () => {
      const { size } = statSync(path);
      assert.ok(size <= budget, `${path} has ${size} bytes, ${size - budget} too many`);
    });
  }
});

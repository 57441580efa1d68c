import assert from "node:assert/strict";
import { Crashes, MEMORY_MILLISECONDS, MOST_CRASHES } from "../../client/connection/crashes.js";

describe("a server that ends unexpectedly", () => {
  let now = 0;
  let crashes: Crashes;
  beforeEach(() => {
    now = 1000;
    crashes = new Crashes(() => now);
  });

  const several = (count: number): boolean[] => Array.from({ length: count }, () => crashes.happened());

  it("is started again, until it has ended too often", () => {
    assert.deepEqual(several(MOST_CRASHES), Array(MOST_CRASHES).fill(true));
    assert.equal(crashes.happened(), false);
  });

  it("is started again for ever when it ends now and then", () => {
    for (let count = 0; count < 20; count++) {
      assert.equal(crashes.happened(), true);
      now += MEMORY_MILLISECONDS / 2;
    }
  });

  it("is trusted anew when somebody starts it by hand", () => {
    several(MOST_CRASHES + 1);
    crashes.forget();
    assert.equal(crashes.happened(), true);
  });
});

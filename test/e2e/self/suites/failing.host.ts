import assert from "node:assert/strict";

describe("a suite", () => {
  it("passes", () => {
    assert.equal(1 + 1, 2);
  });

  it("fails", () => {
    assert.equal(1 + 1, 3, "one and one are not three");
  });

  it("is not there yet");
});

describe("a suite whose hook fails", () => {
  before(() => {
    throw new Error("the hook fails");
  });

  it("never runs", () => {
    assert.fail();
  });
});

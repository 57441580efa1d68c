import assert from "node:assert/strict";
import { fromBigInt } from "../../engine/address/index.js";
import { groupedHex, memoryText } from "../../engine/language/index.js";
import { countText, plural } from "../../engine/report/names.js";
import { platform } from "./host.js";

describe("an address", () => {
  const written = (value: bigint) => groupedHex(fromBigInt(value) ?? assert.fail());

  it("is grouped by four digits, as the language writes it", () => {
    assert.equal(written(0x20_1000n), "0x20_1000");
    assert.equal(written(0x7f00_0000_1000n), "0x7f00_0000_1000");
    assert.equal(written(0xffff_ffff_ffff_ffffn), "0xffff_ffff_ffff_ffff");
  });
  it("has no group when it is short", () => {
    assert.equal(written(0n), "0x0");
    assert.equal(written(0xfffn), "0xfff");
    assert.equal(written(0x1000n), "0x1000");
  });
});

describe("a count", () => {
  it("has a comma between thousands", () => {
    assert.equal(countText(999), "999");
    assert.equal(countText(12345), "12,345");
    assert.equal(countText(1048576), "1,048,576");
  });
  it("stands before the right form of its noun", () => {
    assert.equal(plural(1, "step"), "1 step");
    assert.equal(plural(0, "step"), "0 steps");
  });
});

describe("a memory", () => {
  it("has its bare name where that is unique", () => {
    assert.equal(memoryText(platform({ guests: ["vm0"] }), 0), "ram");
  });
  it("has the name of its guest in front where two have the same", () => {
    assert.equal(memoryText(platform(), 1), "vm1.ram");
  });
});

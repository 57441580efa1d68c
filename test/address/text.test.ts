import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatRange,
  formatSize,
  MAX_ADDRESS,
  parseDecimal,
  parseHex,
  toBigInt,
  ZERO,
} from "../../engine/address/index.js";
import { at, span } from "./helpers.js";

describe("numbers as text", () => {
  it("are read exactly, and refused past 64 bits", () => {
    const integer = fc.oneof(fc.bigInt({ min: 0n, max: 1n << 66n }), fc.bigInt({ min: 0n, max: 1n << 54n }));
    fc.assert(
      fc.property(integer, fc.nat(30), (value, zeros) => {
        const expected = value < 1n << 64n ? value : undefined;
        const hex = parseHex(`0x${"0".repeat(zeros)}${value.toString(16)}`);
        const decimal = parseDecimal("0".repeat(zeros) + value.toString());
        assert.equal(hex && toBigInt(hex), expected);
        assert.equal(decimal && toBigInt(decimal), expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("may be written in capitals and without the prefix", () => {
    assert.deepEqual(parseHex("FEE00000"), at(0xfee0_0000));
    assert.deepEqual(parseHex("0XfEe00000"), at(0xfee0_0000));
    assert.deepEqual([parseHex("0x0"), parseDecimal("000")], [ZERO, ZERO]);
  });

  it("are nothing else", () => {
    for (const text of ["", "0x", "x", "-1", "1_000", " 1", "1 ", "0x1g", "1.5", "0x0x1"]) {
      assert.deepEqual([parseHex(text), parseDecimal(text)], [undefined, undefined], text);
    }
    assert.equal(parseDecimal("1e3"), undefined);
  });

  it("may have millions of digits without harm", () => {
    assert.equal(parseDecimal("9".repeat(5_000_000)), undefined);
    assert.equal(parseHex(`0x${"f".repeat(5_000_000)}`), undefined);
    assert.deepEqual(parseDecimal(`${"0".repeat(5_000_000)}7`), at(7));
    assert.deepEqual(parseHex(`${"0".repeat(5_000_000)}7`), at(7));
    assert.equal(parseDecimal(`${"0".repeat(5_000_000)}x`), undefined);
    assert.equal(parseHex(`${"0".repeat(5_000_000)}x`), undefined);
  });
});

describe("formatSize", () => {
  it("takes the largest unit that divides the size", () => {
    const sizes: [bigint, string][] = [
      [1024n, "1K"],
      [4096n, "4K"],
      [5120n, "5K"],
      [2n << 20n, "2M"],
      [1536n << 20n, "1536M"],
      [1n << 30n, "1G"],
      [1n << 40n, "1T"],
      [1n << 63n, "8192P"],
    ];
    for (const [bytes, text] of sizes) assert.equal(formatSize(at(bytes)), text);
  });

  it("falls back to hexadecimal", () => {
    assert.equal(formatSize(at(0x1234)), "0x1234");
    assert.equal(formatSize(ZERO), "0x0");
    assert.equal(formatSize(at(0xff_ffff_f000n)), "0xfffffff000");
  });
});

describe("formatRange", () => {
  it("is START + SIZE when the size has a short form", () => {
    assert.equal(formatRange(span(0, 0x3fff_ffff)), "0x0 + 1G");
    assert.equal(formatRange(span(0xfee0_0000, 0xfeef_ffff)), "0xfee00000 + 1M");
  });

  it("is FIRST..LAST when it has none", () => {
    assert.equal(formatRange(span(0, 0x1233)), "0x0..0x1233");
    assert.equal(formatRange({ start: ZERO, last: MAX_ADDRESS }), "0x0..0xffffffffffffffff");
  });
});

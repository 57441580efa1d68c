import assert from "node:assert/strict";
import { bits, dedent, largestPasid, pasidText, sentence } from "../../../engine/language/rules/words.js";

describe("words of the rules", () => {
  it("write small PASIDs in decimal and large ones in hexadecimal", () => {
    assert.equal(pasidText(7), "7");
    assert.equal(pasidText(0xfff), "4095");
    assert.equal(pasidText(0x1000), "0x1000");
    assert.equal(pasidText(0xf_ffff), "0xfffff");
  });

  it("give the largest PASID of a width", () => {
    assert.equal(largestPasid(20), "0xfffff");
    assert.equal(largestPasid(1), "1");
    assert.equal(largestPasid(0), "0");
  });

  it("count bits", () => {
    assert.equal(bits(1), "1 bit");
    assert.equal(bits(16), "16 bits");
  });

  it("end a sentence once", () => {
    assert.equal(sentence("It cannot nest"), "It cannot nest.");
    assert.equal(sentence("It cannot nest."), "It cannot nest.");
  });

  it("take the common indentation from a text, and keep the rest", () => {
    const text = `
      guest vm0 {
        bind nic

      }
    `;
    assert.equal(dedent(text), "guest vm0 {\n  bind nic\n\n}\n");
  });
});

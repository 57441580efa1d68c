import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describeRefusal, type Facts, pageOf, RULES } from "../../../engine/language/rules/index.js";
import { pasidText } from "../../../engine/language/rules/words.js";
import { ERRNO } from "../../../engine/simulator/index.js";
import { NOT_NAMED, SAMPLES } from "./samples.js";

const FILES = readdirSync("engine/language/rules").filter((file) => /^[A-Z]\d{3}/.test(file));

describe("the files of the rules", () => {
  it("are named by the id of their rule and what it is about", () => {
    for (const file of FILES) assert.match(file, /^[PUCS]\d{3}-[a-z0-9]+(-[a-z0-9]+)*\.ts$/);
  });

  it("are all in the list, and nothing else is", () => {
    assert.deepEqual(FILES.map((file) => file.slice(0, 4)).sort(), [...RULES.keys()].sort());
  });

  it("have one id each", () => {
    for (const [id, rule] of RULES) assert.equal(rule.id, id);
  });

  it("include one for every refusal and finding", () => {
    for (const id of Object.keys(SAMPLES)) assert.ok(RULES.has(id), `${id} has no rule`);
  });

  it("include the whole conflict catalogue", () => {
    for (let number = 1; number <= 30; number++) {
      const id = `P${String(number).padStart(3, "0")}`;
      assert.ok(RULES.has(id), `${id} has no rule`);
    }
  });
});

for (const [id, rule] of RULES) {
  describe(`rule ${id}, ${rule.title}`, () => {
    it("has a title, an explanation, a source and two examples", () => {
      assert.match(rule.title, /^\S.*[^.\s]$/);
      assert.match(rule.explanation.trim(), /^\S.*\.$/s);
      const { source, example } = pageOf(rule);
      assert.notEqual(source.trim(), "");
      assert.notEqual(example.raises.trim(), "");
      assert.notEqual(example.raises, example.avoids);
    });

    it("names only errnos and categories that exist", () => {
      for (const errno of rule.errno ?? []) assert.ok(errno in ERRNO);
      for (const category of rule.categories ?? []) assert.ok(category >= 0 && category <= 5);
    });
  });
}

for (const [id, arbitrary] of Object.entries(SAMPLES) as [string, fc.Arbitrary<Facts>][]) {
  const rule = RULES.get(id)!;

  describe(`the message of ${id}`, () => {
    it("is made of full sentences and so is the help", () => {
      fc.assert(
        fc.property(arbitrary, (facts) => {
          for (const text of [rule.message(facts), rule.help(facts)]) {
            assert.match(text, /^\S.*[^.\s]\.$/);
            assert.doesNotMatch(text, /\b(undefined|null|NaN)\b|\[object/);
          }
        }),
      );
    });

    it("contains every name and number that it was given", () => {
      fc.assert(
        fc.property(arbitrary, (facts) => {
          const message = rule.message(facts);
          for (const [key, value] of Object.entries(facts)) {
            if (NOT_NAMED.has(`${id} ${key}`) || value === "" || typeof value === "boolean") continue;
            if (value === undefined) continue;
            const text = typeof value === "number" && key !== "width" ? pasidText(value) : String(value);
            assert.ok(message.includes(text), `${key} = ${text} is not in: ${message}`);
          }
        }),
      );
    });

    it("has one of the severities", () => {
      fc.assert(
        fc.property(arbitrary, (facts) => {
          const severity = rule.severityOf?.(facts) ?? rule.severity;
          assert.ok(["error", "warning", "information", "hint"].includes(severity));
        }),
      );
    });
  });
}

describe("describeRefusal", () => {
  it("gives the words, the code and the severity of a refusal", () => {
    const words = describeRefusal({
      rule: "P003",
      errno: "EINVAL",
      arguments: { device: "nic", pasid: 0x1_0000, width: 16, binding: "nic" },
      related: [],
    });
    assert.deepEqual(words, {
      code: "P003",
      severity: "error",
      message: "vPASID 0x10000 does not fit: nic can use PASIDs of 16 bits (0 to 0xffff).",
      help: "Choose a vPASID of at most 0xffff for nic, or write a larger `pasid-width` in nic, if it can have one.",
    });
  });

  it("tells a KVM mapping that nobody uses from one that breaks a device", () => {
    const refusal = { rule: "P013", errno: "EINVAL", related: [] } as const;
    const severityFor = (device: string) =>
      describeRefusal({ ...refusal, arguments: { owner: "vm0", pasid: 7, device } }).severity;
    assert.equal(severityFor(""), "warning");
    assert.equal(severityFor("vf"), "error");
  });
});

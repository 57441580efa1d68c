import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import { configSchema, RULES, readConfig } from "../../../engine/language/index.js";

const PATH = "schemas/ioasid.config.schema.json";

interface Schema {
  readonly properties: {
    readonly rules: { readonly properties: Readonly<Record<string, { readonly description: string }>> };
  };
}

const schema = JSON.parse(readFileSync(PATH, "utf8")) as Schema;
const validate = new Ajv({ allErrors: true, strict: true, keywords: ["enumDescriptions"] }).compile(schema);

function errorsIn(text: string): readonly ErrorObject[] {
  return validate(JSON.parse(text)) ? [] : (validate.errors ?? []);
}

describe("the JSON schema of ioasid.config.json", () => {
  it("is the one that the rules make: after a change of them, run `npm run docs`", () => {
    assert.deepEqual(schema, JSON.parse(JSON.stringify(configSchema())));
  });

  it("describes every rule that has a level by its title and its own severity", () => {
    const { properties } = schema.properties.rules;
    for (const id of Object.keys(properties)) {
      const title = RULES.get(id)?.title ?? "no rule";
      assert.ok(properties[id]?.description.startsWith(title), id);
    }
    assert.equal(properties.P027?.description, `${RULES.get("P027")?.title} (info by default)`);
    assert.ok(properties.S066, "a warning about switches has a level");
    assert.ok(!properties.S001, "an error of the text has none");
  });

  const CASES = [
    "{}",
    '{ "$schema": "schemas/ioasid.config.schema.json" }',
    '{ "policy": "simple" }',
    '{ "policy": "fast" }',
    '{ "policy": null }',
    '{ "rules": {} }',
    '{ "rules": [] }',
    '{ "rules": { "P027": "off", "C001": "info", "U093": "warning", "P010": "error", "S066": "off" } }',
    '{ "rules": { "P027": "information" } }',
    '{ "rules": { "P027": true } }',
    '{ "rules": { "P999": "off" } }',
    '{ "rules": { "S001": "off" } }',
    '{ "rules": { "S040": "warning" } }',
    '{ "rule": {} }',
    '{ "$schema": 1 }',
    "[]",
    '"off"',
  ];

  for (const text of CASES) {
    it(`agrees with the engine about ${text}`, () => {
      const { diagnostics } = readConfig(text, "ioasid.config.json");
      assert.equal(errorsIn(text).length === 0, diagnostics.length === 0);
    });
  }
});

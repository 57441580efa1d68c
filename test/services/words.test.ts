import assert from "node:assert/strict";
import { syntax } from "../../engine/language/index.js";
import {
  assertionHelp,
  bodyHelp,
  callsOf,
  choiceHelp,
  errnoHelp,
  faultHelp,
  kvmHelp,
  outcomeHelp,
  propertyHelp,
  statementHelp,
  valueHelp,
  type WordHelp,
} from "../../engine/services/index.js";

/** Every word of the language in every place where it means something. */
function* everyWord(): Generator<readonly [place: string, help: WordHelp | undefined]> {
  for (const word of syntax.STATEMENT_WORDS) yield [word, statementHelp(word)];
  for (const word of syntax.KVM_WORDS) yield [`kvm ${word}`, kvmHelp(word)];
  for (const word of syntax.ASSERTIONS) yield [`assert ${word}`, assertionHelp(word)];
  for (const word of ["map", "pte", "entry"] as const) yield [`{ ${word} }`, bodyHelp(word)];
  for (const owner of Object.keys(syntax.PROPERTIES_OF) as syntax.DeclarationWithProperties[]) {
    for (const word of syntax.PROPERTIES_OF[owner]) yield [`${owner} ${word}`, propertyHelp(owner, word)];
  }
  for (const property of Object.keys(syntax.CHOICES) as (keyof typeof syntax.CHOICES)[]) {
    for (const word of syntax.CHOICES[property]) yield [`${property} ${word}`, choiceHelp(property, word)];
  }
  const values = [
    ...syntax.UAPI_VERSIONS,
    ...syntax.TABLE_KINDS,
    ...syntax.ACCESS_WORDS,
    ...syntax.DMA_WORDS,
    ...syntax.RESPONSES,
    ...syntax.SWITCH_WORDS,
    ...syntax.REPORT_FLAGS,
    ...syntax.JOINING_WORDS,
    ...syntax.VALUE_WORDS,
    "pasid",
    "priv",
  ];
  for (const word of values) yield [word, valueHelp(word)];
  for (const word of [...syntax.OUTCOME_WORDS, "#gp"] as const) yield [word, outcomeHelp(word)];
  for (const name of syntax.ERRNO_NAMES) yield [name, errnoHelp(name)];
  for (const name of syntax.FAULT_NAMES) yield [name, faultHelp(name)];
}

describe("the help of words", () => {
  it("has whole sentences for every word in every place", () => {
    for (const [place, help] of everyWord()) {
      assert.match(help?.text ?? "", /^[A-Z#].*\.$/, place);
      assert.doesNotMatch(help?.text ?? "", /\n| {2}/, place);
    }
  });

  it("shows how each statement, property and outcome is written, its word in front", () => {
    for (const [place, { form } = {}] of everyWord()) {
      if (form === undefined) continue;
      const words = form.replace(/^=> /, "");
      assert.ok(
        place.split(/[ {}]+/).some((word) => word !== "" && words.includes(word)),
        `${place}: ${form}`,
      );
    }
  });

  it("has nothing for a word that means nothing in its place", () => {
    assert.equal(propertyHelp("mdev", "pasid-width"), undefined);
    assert.equal(choiceHelp("nesting", "shared"), undefined);
    assert.equal(valueHelp("toString"), undefined);
  });

  it("knows the call behind a statement, and that a declaration is none", () => {
    assert.deepEqual(
      callsOf("attach").flatMap(({ names }) => names),
      ["VFIO_ATTACH_IOASID", "VFIO_DEVICE_ATTACH_IOMMUFD_PT"],
    );
    assert.deepEqual(
      callsOf("bind-pgtable").map(({ operation }) => operation),
      ["bind-table"],
    );
    assert.deepEqual(callsOf("pdev"), []);
  });
});

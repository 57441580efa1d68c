import assert from "node:assert/strict";
import {
  analyze,
  applyEdits,
  type Diagnostic,
  ignoreHere,
  ignoreInFile,
  levelChange,
  pageOf,
  parse,
  RULES,
  readConfig,
  runToEnd,
  type syntax,
} from "../../../engine/language/index.js";
import { marked } from "../../helpers/cursor.js";
import { CONFIG, FILE } from "./helpers.js";

/** A text that meets each rule, by its id. */
const TEXTS = [...RULES.values()].flatMap((rule) => {
  const { example } = pageOf(rule);
  return example.of === "config" ? [] : [[rule.id, example.raises] as const];
});

/** The text with a switch for P010 at its mark; `^` stands where the reason goes. */
function written(source: string, write = ignoreHere): string | undefined {
  const { text, at } = marked(source);
  const found = write(parse(text), at(), "P010");
  if (!found) return undefined;
  const { reasonAt } = found;
  const words =
    reasonAt === undefined ? found.text : `${found.text.slice(0, reasonAt)}^${found.text.slice(reasonAt)}`;
  return text.slice(0, found.start) + words + text.slice(found.end);
}

const inFile = (file: syntax.SourceFile, _at: number, rule: string) => ignoreInFile(file, rule);

describe("a switch that is written into a text", () => {
  it("stands above a statement that begins its line, indented like it", () => {
    assert.equal(
      written("guest vm0 {\n  bind wq0\n  attach $0wq0 pasid 7 -> gva\n}\n"),
      "guest vm0 {\n  bind wq0\n  // ioasid-ignore P010 -- ^\n  attach wq0 pasid 7 -> gva\n}\n",
    );
  });

  it("stands behind a statement that another one is in front of", () => {
    assert.equal(
      written("guest vm0 { bind wq0  bin$0d nic\n}"),
      "guest vm0 { bind wq0  bind nic  // ioasid-ignore P010 -- ^\n}",
    );
    assert.equal(
      written("guest vm0 { bind w$0q0  bind nic }"),
      "guest vm0 { bind wq0 /* ioasid-ignore P010 -- ^ */  bind nic }",
    );
  });

  it("takes one more rule where the statement has a switch", () => {
    assert.equal(
      written("// ioasid-ignore C002, C003 -- as measured\n$0pdev nic at 3b:00.0"),
      "// ioasid-ignore C002, C003, P010 -- as measured\npdev nic at 3b:00.0",
    );
    assert.equal(
      written("// ioasid-ignore-file P027 -- a sketch\n$0pdev nic at 3b:00.0", inFile),
      "// ioasid-ignore-file P027, P010 -- a sketch\npdev nic at 3b:00.0",
    );
  });

  it("is none for a rule that no comment hides, and where no statement stands", () => {
    assert.equal(ignoreHere(parse("bind nic"), 0, "S010"), undefined);
    assert.equal(ignoreInFile(parse("bind nic"), "S065"), undefined);
    assert.equal(written("\n$0\npdev nic at 3b:00.0"), undefined);
  });

  it("stands at the head of the file when it is about all of it", () => {
    assert.equal(written("$0uapi v1\r\n", inFile), "// ioasid-ignore-file P010 -- ^\r\nuapi v1\r\n");
  });

  it("hides every finding of the rules' examples that a comment may hide", () => {
    let count = 0;
    for (const [id, text] of TEXTS) {
      for (const finding of findings(text)) {
        const { tree } = treeOf(text);
        for (const found of [
          ignoreHere(tree, finding.span.start, finding.code),
          ignoreInFile(tree, finding.code),
        ]) {
          if (!found) continue;
          count += 1;
          const { start, end, reasonAt = 0, text: words } = found;
          const hidden = `${text.slice(0, start)}${words.slice(0, reasonAt)}so it is${words.slice(reasonAt)}${text.slice(end)}`;
          const moved = finding.span.start + (start <= finding.span.start ? hidden.length - text.length : 0);
          const left = findings(hidden).filter(
            ({ code, span }) => code === finding.code && span.start === moved,
          );
          assert.deepEqual(left, [], `${finding.code} of ${id} in\n${hidden}`);
        }
      }
    }
    assert.ok(count > 150, `only ${count} findings`);
  });
});

function treeOf(text: string) {
  const analysis = analyze(FILE, {
    read: () => text,
    resolve: (_from, target) => ({ error: `There is no ${target}.` }),
  });
  return { analysis, tree: analysis.trees.get(FILE)! };
}

function findings(text: string): readonly Diagnostic[] {
  return runToEnd(treeOf(text).analysis.program).diagnostics.filter(({ span }) => span.file === FILE);
}

describe("a level that is written into a configuration", () => {
  const changed = (text: string): string | undefined => {
    const change = levelChange(text, "P027", "off");
    return change && applyEdits(text, [{ ...change, file: CONFIG }]);
  };

  for (const [what, before, after] of [
    ["a new file", "", '{\n  "rules": {\n    "P027": "off"\n  }\n}\n'],
    ["an empty object", "{}", '{\n  "rules": {\n    "P027": "off"\n  }\n}'],
    [
      "another key on its line",
      '{\n  "policy": "simple"\n}\n',
      '{\n  "policy": "simple",\n  "rules": {\n    "P027": "off"\n  }\n}\n',
    ],
    ["one line", '{ "policy": "simple" }', '{ "policy": "simple", "rules": { "P027": "off" } }'],
    ["rules without any", '{\n  "rules": {}\n}', '{\n  "rules": {\n    "P027": "off"\n  }\n}'],
    [
      "other rules on a line",
      '{ "rules": { "P010": "info" } }',
      '{ "rules": { "P010": "info", "P027": "off" } }',
    ],
    [
      "other rules on their lines",
      '{\r\n\t"rules": {\r\n\t\t"P010": "info"\r\n\t}\r\n}',
      '{\r\n\t"rules": {\r\n\t\t"P010": "info",\r\n\t\t"P027": "off"\r\n\t}\r\n}',
    ],
    ["another level of the rule", '{ "rules": { "P027": "error" } }', '{ "rules": { "P027": "off" } }'],
  ] as const) {
    it(`goes into ${what}`, () => {
      assert.equal(changed(before), after);
      const { config, diagnostics } = readConfig(after, CONFIG);
      assert.deepEqual(diagnostics, []);
      assert.equal(config.levels.get("P027")?.level, "off");
    });
  }

  it("does not go into what is no configuration", () => {
    for (const text of ["[]", "{ rules: 1 }", '{ "rules": [] }', "{"]) assert.equal(changed(text), undefined);
  });

  it("is there for every rule but those of the text", () => {
    const fixed = [...RULES.keys()].filter((rule) => levelChange("{}", rule, "off") === undefined);
    assert.ok(fixed.includes("S010") && fixed.every((rule) => rule.startsWith("S")));
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const GRAMMAR = "syntaxes/ioasid.tmLanguage.json";

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** The grammar as the generator makes it now. */
async function generated(): Promise<unknown> {
  const { outputFiles } = await build({
    entryPoints: ["syntaxes/grammar.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  const code = Buffer.from(outputFiles[0]!.contents).toString("base64");
  const module: { grammar(): unknown } = await import(`data:text/javascript;base64,${code}`);
  return module.grammar();
}

describe("the TextMate grammar", () => {
  it("is the one that the language's words make: after a change of them, run `npm run grammar`", async () => {
    assert.deepEqual(json(GRAMMAR), await generated());
  });

  it("gives each word of the test files its scope", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["node_modules/vscode-tmgrammar-test/dist/unit.js", "-g", GRAMMAR, "test/syntaxes/*.test.ioasid"],
      { encoding: "utf8" },
    );
    assert.equal(status, 0, stdout + stderr);
  });
});

describe("the language configuration", () => {
  const configuration = json("syntaxes/language-configuration.json") as {
    wordPattern: string;
    indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string };
  };

  it("takes a word with its hyphens as one, and a number with its size letter", () => {
    const words = "attach wq0->gpa no-pasid-entry 0x7f00_0000 + 2M => #gp".match(
      new RegExp(configuration.wordPattern, "g"),
    );
    assert.deepEqual(words, ["attach", "wq0", "gpa", "no-pasid-entry", "0x7f00_0000", "2M", "#gp"]);
  });

  it("indents behind an opening brace and out again at the closing one", () => {
    const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
    assert.match("guest vm0 {", new RegExp(increaseIndentPattern));
    assert.match("guest vm0 {   // a VMM", new RegExp(increaseIndentPattern));
    assert.doesNotMatch("cpu { enqcmd }", new RegExp(increaseIndentPattern));
    assert.doesNotMatch("// guest vm0 {", new RegExp(increaseIndentPattern));
    assert.match("  }", new RegExp(decreaseIndentPattern));
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "../engine/language/syntax/index.js";
import { disagreements, root, runFile, runText } from "./helpers/marks.js";

const folder = `${root}/examples`;

describe("the examples", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ioasid"));

  for (const name of files) {
    it(`${name} runs as it states, without a warning`, () => {
      const run = runFile(`${folder}/${name}`);
      assert.deepEqual(disagreements(run), []);
      assert.equal(run.incomplete, false, "the start state is complete");
      assert.ok(run.scenarios.length > 0, "has a scenario");
      assert.ok(
        run.scenarios.every((scenario) => scenario.passed),
        "every scenario passes",
      );
    });

    it(`${name} opens with a few lines that say what it shows`, () => {
      const text = runFile(`${folder}/${name}`).program.sources.get(`${folder}/${name}`) ?? "";
      const opening = text.split("\n").slice(0, 2);
      assert.ok(
        opening.every((line) => line.startsWith("// ")),
        opening.join("\n"),
      );
    });
  }

  it("cover the flows of the RFC and all categories", () => {
    for (const flow of ["5-1", "5-2", "5-3", "5-4", "5-5", "5-6", "5-7"]) {
      assert.ok(
        files.some((name) => name.startsWith(`rfc-${flow}-`)),
        `flow ${flow}`,
      );
    }
    for (const category of [0, 1, 2, 3, 4, 5]) {
      assert.ok(
        files.some((name) => name.startsWith(`category-${category}-`)),
        `category ${category}`,
      );
    }
  });
});

describe("docs/language.md", () => {
  const text = readFileSync(`${root}/docs/language.md`, "utf8");
  const blocks = [...text.matchAll(/```ioasid\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");

  for (const block of blocks) {
    const title = block.split("\n")[0] ?? "";
    if (block.includes("iommu ") && block.includes("scenario ")) {
      it(`runs as stated: ${title}`, () => assert.deepEqual(disagreements(runText(block)), []));
    } else {
      it(`is well formed: ${title}`, () => assert.deepEqual(parse(block).issues, []));
    }
  }

  it("has well-formed steps in its tables", () => {
    const cells = [...text.matchAll(/\| `((?:[a-z#-]+) [^`]*)` \|$/gm)].map((match) => match[1] ?? "");
    const wrong = cells.filter(
      (cell) =>
        parse(`${cell.startsWith("sva ") ? "native it" : 'scenario "it"'} {\n${cell}\n}\n`).issues.length > 0,
    );
    assert.deepEqual(wrong, []);
    assert.ok(cells.length > 50, `${cells.length} examples`);
  });
});

import assert from "node:assert/strict";
import type { TestItem } from "vscode";
import { scenarioAt } from "../../client/scenario-at.js";
import { chosenFiles } from "../../client/testing/chosen.js";
import { mergeCoverage } from "../../client/testing/merge.js";
import { idOf, named } from "../../client/testing/names.js";
import type { CoveredStatement, FileCoverage } from "../../server/protocol/index.js";

function lines(first: number, last: number): CoveredStatement["range"] {
  return { start: { line: first, character: 0 }, end: { line: last, character: 1 } };
}

describe("the scenario at the cursor", () => {
  const scenarios = [
    { title: "first", range: lines(3, 5) },
    { title: "second", range: lines(7, 7) },
  ];
  const at = (line: number) => scenarioAt(scenarios, line)?.title;

  it("is the one whose lines hold it, the first and the last included", () => {
    assert.deepEqual([3, 4, 5, 7].map(at), ["first", "first", "first", "second"]);
  });

  it("is none between two, before and after all", () => {
    assert.deepEqual([0, 6, 8].map(at), [undefined, undefined, undefined]);
  });
});

describe("scenarios of one file", () => {
  it("are told apart by their titles, and by their order where titles repeat", () => {
    const ids = named([{ title: "a" }, { title: "b" }, { title: "a" }, { title: "a" }]).map(idOf);
    assert.deepEqual(ids, ["a", "b", "a\n1", "a\n2"]);
  });
});

/** As much of an item of the test explorer as choosing looks at. */
function file(name: string, ...titles: string[]): TestItem {
  const children: TestItem[] = [];
  const item = {
    id: name,
    uri: { path: name },
    parent: undefined,
    children: Object.assign(
      { size: titles.length },
      { [Symbol.iterator]: () => children.map((child) => [child.id, child])[Symbol.iterator]() },
    ),
  } as unknown as TestItem;
  for (const id of titles) children.push({ id, parent: item, uri: item.uri } as unknown as TestItem);
  return item;
}

function child(item: TestItem, at: number): TestItem {
  const found = [...item.children][at]?.[1];
  assert.ok(found);
  return found;
}

describe("what a request of the test explorer runs", () => {
  const a = file("a", "a1", "a2");
  const b = file("b", "b1");
  const chosen = (include: TestItem[] | undefined, exclude: TestItem[] = []) =>
    chosenFiles({ include, exclude }, [a, b]).map(({ item, scenarios, isWhole }) => [
      item.id,
      scenarios.map(({ id }) => id),
      isWhole,
    ]);

  it("is everything when it names nothing", () => {
    assert.deepEqual(chosen(undefined), [
      ["a", ["a1", "a2"], true],
      ["b", ["b1"], true],
    ]);
  });

  it("is every scenario of a file that it names, each once", () => {
    assert.deepEqual(chosen([a, child(a, 1)]), [["a", ["a1", "a2"], true]]);
  });

  it("is the scenarios that it names", () => {
    assert.deepEqual(chosen([child(a, 1), child(b, 0)]), [
      ["a", ["a2"], false],
      ["b", ["b1"], true],
    ]);
  });

  it("is not what it leaves out", () => {
    assert.deepEqual(chosen(undefined, [b, child(a, 0)]), [["a", ["a2"], false]]);
  });
});

describe("the coverage of several runs", () => {
  const of = (uri: string, line: number, count: number): FileCoverage => ({
    uri,
    statements: [{ range: lines(line, line), count }],
    declarations: [{ range: lines(line, line), count, name: "vm0.gpa" }],
  });

  it("adds up what they used of one file, as an import that several read", () => {
    const merged = mergeCoverage([[of("a", 1, 2), of("lib", 5, 0)], [of("lib", 5, 3)]]);
    assert.deepEqual(merged, [of("a", 1, 2), of("lib", 5, 3)]);
  });

  it("keeps statements apart that stand in different places", () => {
    const [file] = mergeCoverage([[of("a", 1, 2)], [of("a", 2, 1)]]);
    assert.deepEqual(
      file?.statements.map(({ count }) => count),
      [2, 1],
    );
  });
});

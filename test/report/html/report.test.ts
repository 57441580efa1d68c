import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { compile, type RunResult, runToEnd } from "../../../engine/language/index.js";
import { reportHtml, reportMarkdown, scenarioRun } from "../../../engine/report/index.js";
import { assertStored } from "../stored.js";
import { elementsOf, readPage, select, textOf } from "./page.js";

const FOLDER = "test/report/fixtures";
const FIXTURES = readdirSync(FOLDER).filter((file) => file.endsWith(".ioasid"));

function runOf(text: string, file = "test.ioasid"): RunResult {
  const host = { read: () => text, resolve: () => ({ error: "Nothing is imported." }) };
  return runToEnd(compile(file, host), { record: true });
}

function fixture(name: string): RunResult {
  return runOf(readFileSync(`${FOLDER}/${name}`, "utf8"), name);
}

/** A text with `count` vPASIDs on one device, and as many steps that ask for them. */
function manyPasids(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return [
    "iommu vtd { pasid-width 20 }",
    "pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 20 }",
    "guest vm0 {",
    "  bind nic  ioasid gpa  attach nic -> gpa",
    ...numbers.map((pasid) => `  attach nic pasid ${pasid} -> gpa`),
    "}",
    'scenario "all" {',
    ...numbers.map((pasid) => `  assert ppasid nic pasid ${pasid} == ${pasid === count ? 0 : pasid}`),
    "}",
  ].join("\n");
}

describe("the report as HTML", () => {
  for (const name of FIXTURES) {
    it(`of ${name} is the stored one`, () => {
      assertStored(`${FOLDER}/${name}.html`, reportHtml(fixture(name)));
    });

    it(`of ${name} is well-formed, and every table can be read aloud`, () => {
      const page = readPage(reportHtml(fixture(name)));
      assert.equal(select(page, "h1").length, 1);
      for (const table of select(page, "table")) {
        assert.equal(select(table, "caption").length, 1);
        for (const head of select(table, "th"))
          assert.match(head.attributes.get("scope") ?? "", /^(col|row)$/);
        for (const row of select(table, "tr")) {
          const [first] = elementsOf(row);
          assert.equal(first?.tag, "th", "the first cell of a row says what the row is about");
        }
      }
    });

    it(`of ${name} has an order of headings and no id twice`, () => {
      const page = readPage(reportHtml(fixture(name)));
      let level = 0;
      for (const { tag } of elementsOf(page)) {
        if (!/^h\d$/.test(tag)) continue;
        assert.ok(Number(tag.slice(1)) <= level + 1, `h${level} is followed by ${tag}`);
        level = Number(tag.slice(1));
      }
      const ids = elementsOf(page).flatMap(({ attributes }) => attributes.get("id") ?? []);
      assert.equal(new Set(ids).size, ids.length);
      for (const { attributes } of elementsOf(page)) {
        const named = attributes.get("aria-labelledby") ?? attributes.get("href")?.replace(/^#/, "");
        if (named !== undefined) assert.ok(ids.includes(named), `nothing has the id ${named}`);
      }
    });

    it(`of ${name} says of every row where it comes from`, () => {
      const page = readPage(reportHtml(fixture(name)));
      const rows = [
        ...select(page, "tbody").flatMap((body) => select(body, "tr")),
        ...select(page, ".finding"),
      ];
      for (const { attributes } of rows) {
        assert.equal(attributes.get("data-file"), name);
        assert.match(attributes.get("data-start") ?? "", /^\d+:\d+$/);
        assert.match(attributes.get("data-end") ?? "", /^\d+:\d+$/);
      }
    });

    it(`of ${name} has no script, no style and no handler in it`, () => {
      for (const { tag, attributes } of elementsOf(readPage(reportHtml(fixture(name))))) {
        assert.doesNotMatch(tag, /^(script|style|link|iframe|img|object|form)$/);
        for (const attribute of attributes.keys()) assert.doesNotMatch(attribute, /^(on.*|style|src)$/);
      }
    });
  }

  it("shows what a file calls itself as text, whatever it is", () => {
    const title = "<script>alert(1)</script> & \u202e<img src=x onerror='alert(2)'>";
    const result = runOf(`scenario "${title}" { }`, '"><script>alert(3)</script>.ioasid');
    const html = reportHtml(result);
    assert.doesNotMatch(html, /<script|<img|\u202e/);
    const page = readPage(html);
    assert.match(select(page, "h3").map(textOf).join("\n"), /<script>alert\(1\)<\/script> & \ufffd<img/);
    assert.deepEqual(select(page, "script"), []);
    const markdown = reportMarkdown(result);
    assert.match(markdown, /\\<script\\>alert\(1\)\\<\/script\\> \\& \ufffd\\<img/);
  });

  it("links the ids of rules to their pages on the web, and to nothing else", () => {
    const linked = (rulePage: string) =>
      select(readPage(reportHtml(fixture("conflicts.ioasid"), { rulePage })), ".rule");
    const [first] = linked("https://example.org/rules/{code}.md");
    assert.equal(first?.tag, "a");
    assert.equal(first?.attributes.get("href"), `https://example.org/rules/${first && textOf(first)}.md`);
    for (const address of ["javascript:alert('{code}')", "command:x?{code}", "data:text/html,{code}"]) {
      for (const { tag } of linked(address)) assert.equal(tag, "span");
    }
  });

  it("shows the first rows of a long list and every failure, and says how many more there are", () => {
    const result = runOf(manyPasids(600));
    const page = readPage(reportHtml(result, { rows: 20 }));
    const notes = select(page, ".more").map(textOf);
    const [steps] = select(page, "details").slice(-1);
    assert.ok(steps);
    assert.deepEqual(
      select(steps, ".failed").map(({ tag }) => tag),
      ["tr"],
    );
    assert.equal(select(steps, "tbody").flatMap((body) => select(body, "tr")).length, 20);
    assert.ok(notes.includes("… and 580 more"), notes.join("\n"));
    assert.match(reportMarkdown(result, { rows: 20 }), /\n… and 580 more\n/);
  });

  it("offers stages that were not recorded only to who can fetch them", () => {
    const result = runToEnd(fixture("outcomes.ioasid").program);
    assert.deepEqual(select(readPage(reportHtml(result)), ".stages"), []);
    const [first] = select(readPage(reportHtml(result, { stagesOnDemand: true })), ".stages");
    assert.match(first?.attributes.get("data-step") ?? "", /^\d+$/);
  });

  it("of one scenario has its steps, and the state at its end", () => {
    const result = runOf(`
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 { bind nic  ioasid gpa  attach nic -> gpa }
      scenario "one" { ioasid gva on vm0.gpa }
      scenario "two" { attach nic pasid 9 -> vm0.gpa }
    `);
    const of = (run: RunResult) => textOf(readPage(reportHtml(run)));
    assert.match(of(scenarioRun(result, "two")!), /Scenario "two"[\s\S]*99nicvm0\.gpaattach/);
    assert.doesNotMatch(of(scenarioRun(result, "two")!), /Scenario "one"/);
    assert.doesNotMatch(of(result), /99nicvm0\.gpaattach/);
    assert.equal(scenarioRun(result, "three"), undefined);
  });
});

describe("the report as Markdown", () => {
  for (const name of FIXTURES) {
    it(`of ${name} is the stored one`, () => {
      assertStored(`${FOLDER}/${name}.md`, reportMarkdown(fixture(name)));
    });

    it(`of ${name} has tables whose rows all have the same number of cells`, () => {
      let columns = 0;
      for (const line of reportMarkdown(fixture(name)).split("\n")) {
        const cells = line.startsWith("|") ? line.split(/(?<!\\)\|/).length : 0;
        if (columns > 0 && cells > 0) assert.equal(cells, columns, line);
        columns = cells;
      }
    });
  }
});

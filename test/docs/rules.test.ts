import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { RULES } from "../../engine/language/index.js";
import { explainText, PLAIN, rulePages } from "../../engine/report/index.js";
import { cellWidth } from "../../engine/report/text/printable.js";

const FOLDER = "docs/rules";
const pages = rulePages();

describe("docs/rules", () => {
  it("has a page for each rule, the indexes, and nothing else", () => {
    assert.deepEqual(readdirSync(FOLDER).sort(), [...pages.keys()].sort(), "npm run docs writes them anew");
    for (const id of RULES.keys()) assert.ok(pages.has(`${id}.md`), id);
  });

  it("is what the rules say now", () => {
    const stale = [...pages].filter(([name, text]) => stored(name) !== text).map(([name]) => name);
    assert.deepEqual(stale, [], "npm run docs writes them anew");
  });

  it("links only to files and headings that there are", () => {
    for (const [name, text] of pages) {
      for (const [, target = ""] of text.matchAll(/\]\(([^)]+)\)/g)) {
        const [file = "", anchor] = target.split("#");
        const linked = file === "" ? text : (pages.get(file) ?? readFileSync(`${FOLDER}/${file}`, "utf8"));
        if (anchor !== undefined) assert.ok(anchorsOf(linked).includes(anchor), `${name}: ${target}`);
      }
    }
  });
});

describe("the page of a rule", () => {
  it("has why, both examples, and what check says of the first", () => {
    const page = pages.get("P011.md") ?? "";
    assert.match(page, /^# P011: vPASID mapped to another pPASID\n\n\| \| \|\n/);
    assert.match(page, /\n\| Refuses \| KVM_MAP_PASID \(`kvm map`\): EEXIST \|\n/);
    assert.match(page, /\n## Why\n\nThe CPU's translation table is per VM /);
    assert.match(
      page,
      /\n`ioasid check` says:\n\n```text\nerror P011 {2}vPASID mapped to another pPASID {2}EEXIST \(-17\)\n/,
    );
    assert.match(page, /\n## The same, done right\n\n```ioasid\n/);
  });

  it("shows a finding of every rule but those that mark no place, or none in a file of the language", () => {
    const without = [...RULES.keys()].filter((id) => !pages.get(`${id}.md`)?.includes("```text\n"));
    assert.deepEqual(without, ["P030", "S067", "S068", "S069"]);
  });
});

describe("the page of a rule for a terminal", () => {
  it("is found in any case of letters, and is not there for another word", () => {
    assert.equal(explainText("p003", PLAIN), explainText("P003", PLAIN));
    assert.equal(explainText("P999", PLAIN), undefined);
    assert.equal(explainText("", PLAIN), undefined);
  });

  for (const id of RULES.keys()) {
    it(`${id} fits 100 columns and has no marks of Markdown`, () => {
      const lines = explainText(id, PLAIN)?.split("\n") ?? [];
      for (const line of lines) {
        // Lines of an example stay as they are.
        if (!line.startsWith("  ")) assert.ok(cellWidth(line) <= 100, line);
        assert.doesNotMatch(line, /```|\*\*|\]\(|^#|^\|/, line);
      }
    });
  }

  it("paints code and headings where there are colours", () => {
    const painted = explainText("P001", {
      ...PLAIN,
      bold: (text) => `<${text}>`,
      cyan: (text) => `{${text}}`,
    });
    assert.match(painted ?? "", /^<P001: vPASID for a device without PASID>\n/);
    assert.match(painted ?? "", /VFIO_ATTACH_IOASID \(\{attach\}\): EOPNOTSUPP/);
  });
});

describe("the index of errnos", () => {
  const page = pages.get("errnos.md") ?? "";

  it("answers: I got EBUSY from VFIO_ATTACH_IOASID", () => {
    const attach = page.slice(
      page.indexOf("\n## VFIO_ATTACH_IOASID\n"),
      page.indexOf("\n## VFIO_DETACH_IOASID\n"),
    );
    const busy = attach.slice(attach.indexOf("\n### EBUSY\n"), attach.indexOf("\n### EINVAL\n"));
    assert.deepEqual(
      [...busy.matchAll(/^- \*\*\[(\w+)\]/gm)].map(([, id]) => id),
      ["P002", "P005", "P006", "U025"],
    );
    assert.match(busy, /P005\.md\) vPASID attached already\*\*: .*\bvPASID 7\b/);
  });
});

function stored(name: string): string | undefined {
  try {
    return readFileSync(`${FOLDER}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}

function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );
}

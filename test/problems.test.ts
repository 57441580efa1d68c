import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { root, runFile } from "./helpers/marks.js";

const FOLDER = "examples/problems";

/** What each file answers: the rule on each line that was asked about. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  "02-guest-has-no-pasid": ["P003 attach dsa0 pasid 7 -> legacy.heap"],
  "03-user-sva-not-enabled": ["U035 sva dsa0", "U035 sva dsa1"],
  "04-opaque-fault": [
    "U090 dma nic pasid 2 read 0x7f00_0000_0000",
    "U090 dma nic pasid 3 read 0x7f00_0000_1000",
  ],
  "05-bare-errno-from-sva": ["P007 sva npu0"],
  "06-mixed-pasid-group": ["P001 attach uart pasid 7 -> vm0.heap", "U028 attach uart -> vm0.private"],
  "07-pasid-hidden-by-vfio": ["P001 attach nic0 pasid 7 -> vm0.heap"],
  "11-pasid-zero": ["P004 attach fpga pasid 0 -> vm0.heap"],
  "12-which-width-counts": ["P003 attach acc0 pasid 0x100 -> vm0.heap0"],
  "13-map-exists": ["U001 map vm0.gpa 0x0 + 1G -> ram"],
  "14-address-too-wide": ["U006 map vm0.gpa 0x3800_0000_0000 + 16M -> bar"],
  "15-siov-still-one-pasid": ["P001 attach wq0 pasid 7 -> vm0.heap"],
};

describe("the problems of users", () => {
  const page = readFileSync(`${root}/docs/problems.md`, "utf8");

  it("are as many files as are answered here", () => {
    const names = readdirSync(`${root}/${FOLDER}`).map((name) => name.replace(/\.ioasid$/, ""));
    assert.deepEqual(names.sort(), Object.keys(ANSWERS).sort());
  });

  for (const [name, answers] of Object.entries(ANSWERS)) {
    const path = `${FOLDER}/${name}.ioasid`;

    describe(path, () => {
      const run = runFile(`${root}/${path}`);
      const text = readFileSync(`${root}/${path}`, "utf8");

      it("opens with the question and what the tool says to it", () => {
        const [question, answer] = text.split("\n");
        assert.match(question ?? "", /^\/\/ ".+[?.]"$/);
        assert.match(answer ?? "", /^\/\/ [^"].+\.$/);
      });

      it("finds what was asked about, where it was asked, and nothing else", () => {
        const found = run.diagnostics
          .filter(({ severity }) => severity !== "hint")
          .map(({ code, severity, span }) => `${severity} ${code} ${text.slice(span.start, span.end)}`);
        assert.deepEqual(
          found.map((line) => line.replace(/\s+/g, " ")),
          answers.map((answer) => `error ${answer}`),
        );
      });

      it("fails where it is as asked, and passes where it is done right", () => {
        const scenarios = run.scenarios.map(({ scenario, passed }) => ({ title: scenario.title, passed }));
        for (const { title, passed } of scenarios) {
          assert.match(title, passed ? /^done right: / : /^as asked: /);
        }
        assert.ok(scenarios.some(({ passed }) => passed));
      });

      it("has a section in docs/problems.md that shows what is printed", () => {
        const sections = page
          .split(/^## /m)
          .filter((section) => section.includes(`$ ioasid check ${path}\n`));
        assert.equal(sections.length, 1);
        for (const answer of answers) assert.ok(sections[0]?.includes(`error ${answer.slice(0, 4)}  `));
      });
    });
  }
});

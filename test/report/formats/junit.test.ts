import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import type { Diagnostic } from "../../../engine/language/index.js";
import { xmlText } from "../../../engine/report/formats/xml.js";
import { junitText } from "../../../engine/report/index.js";
import { GOOD, WRONG } from "../../cli/program.js";
import { assertJunit } from "./junit-schema.js";
import { many, runOf, whole } from "./report.js";
import { parseXml } from "./xml.js";

const junit = (text: string) => junitText(whole(runOf(text)));

/** The document, held against the schema. */
function checked(text: string) {
  const root = parseXml(text);
  assertJunit(root);
  return root;
}

describe("JUnit", () => {
  it("has no suite where there was no file", () => {
    assert.equal(
      junitText(whole()),
      '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ioasid" tests="0" failures="0" errors="0"/>\n',
    );
  });

  it("has a case for the start state and one for each scenario", () => {
    assert.equal(
      junit(GOOD),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="ioasid" tests="2" failures="0" errors="0">
  <testsuite name="a.ioasid" tests="2" failures="0" errors="0">
    <testcase name="start state" classname="a.ioasid"/>
    <testcase name="it reads" classname="a.ioasid"/>
  </testsuite>
</testsuites>
`,
    );
  });

  it("says of a failed step where it is, what it should have come to, and what it came to", () => {
    const message =
      "U090: Stated was ram[0x2000], but the outcome is ram[0x1000]. It went through the space &quot;vm0.gpa&quot;. " +
      "Correct the configuration, or write `=&gt; ram[0x1000]` if this is what should happen.";
    assert.equal(
      junit(WRONG).split("\n").slice(4, 8).join("\n"),
      `    <testcase name="it reads" classname="a.ioasid">
      <failure message="a.ioasid:11:3: ${message}" type="U090">a.ioasid:11:3: dma nic read 0x1000: expected ram[0x2000], but it came to ram[0x1000].
  ${message.replaceAll("&quot;", '"')}</failure>
    </testcase>`,
    );
  });

  it("fails the start state for what is wrong outside the scenarios", () => {
    const root = checked(junit(GOOD.replace("attach nic -> gpa", "attach nic pasid 7 -> gpa")));
    const [suite] = root.children;
    const [start, scenario] = suite?.children ?? [];
    assert.equal(start?.attributes.name, "start state");
    assert.equal(start?.children[0]?.attributes.type, "P001");
    assert.match(
      start?.children[0]?.attributes.message ?? "",
      /^a\.ioasid:7:3: P001: nic cannot be attached/,
    );
    assert.match(
      start?.children[0]?.text ?? "",
      /^a\.ioasid:7:3: attach nic pasid 7 -> gpa: expected ok, but it came to EOPNOTSUPP\.\n {2}P001: nic/,
    );
    assert.equal(scenario?.children.length, 1, "the DMA fails too");
  });

  it("fails the start state for text that is no statement", () => {
    const root = checked(junit(`${GOOD}gibberish\n`));
    const [start] = root.children[0]?.children ?? [];
    assert.equal(start?.children[0]?.attributes.type, "S009");
    assert.match(start?.children[0]?.text ?? "", /^a\.ioasid:13:1\n {2}S009: /);
  });

  it("sums up several failures of one scenario", () => {
    const text = WRONG.replace("dma nic", "dma nic read 0x0 => fault\n  dma nic");
    const root = checked(junit(text));
    const [, scenario] = root.children[0]?.children ?? [];
    assert.match(scenario?.children[0]?.attributes.message ?? "", / \(and 1 more\)$/);
    assert.equal(
      scenario?.children[0]?.text.split("\n").filter((line) => line.startsWith("a.ioasid:")).length,
      2,
    );
  });

  it("tells two scenarios of one title apart", () => {
    const scenario = WRONG.slice(WRONG.indexOf("scenario"));
    const good = scenario.replace("ram[0x2000]", "ram[0x1000]");
    const root = checked(junit(`${WRONG}${good}`));
    const cases = root.children[0]?.children.filter(({ attributes }) => attributes.name === "it reads") ?? [];
    assert.deepEqual(
      cases.map(({ children }) => children.length),
      [1, 0],
    );
  });

  it("shows warnings and notes without failing anything", () => {
    const text = readFileSync("examples/guest-sva.ioasid", "utf8");
    const root = checked(junit(text));
    assert.equal(root.attributes.failures, "0");
    const output = root.children[0]?.children.find(({ name }) => name === "system-out");
    assert.match(output?.text ?? "", /^note P027 a\.ioasid:\d+:\d+ vPASID 7 of wq1/);
  });

  it("has an error for a file that could not be read, and for a run that was stopped", () => {
    const unreadable = [{ file: "gone.ioasid", message: 'There is no file "gone.ioasid".' }];
    const root = checked(junitText({ files: [runOf(GOOD)], unreadable, isWhole: false }));
    assert.equal(root.attributes.errors, "2");
    assert.deepEqual(
      root.children.map(({ attributes }) => attributes.name),
      ["a.ioasid", "gone.ioasid", "ioasid"],
    );
  });

  it("follows the schema for every example", () => {
    const names = readdirSync("examples").filter((name) => name.endsWith(".ioasid"));
    const files = names.map((name) =>
      runOf(readFileSync(`examples/${name}`, "utf8"), name, {
        "platforms/dsa-host.ioasid": readFileSync("examples/platforms/dsa-host.ioasid", "utf8"),
      }),
    );
    const root = checked(junitText(whole(...files)));
    assert.equal(root.children.length, names.length);
    assert.equal(root.attributes.failures, "0");
  });

  it("holds a title with every sign of XML in it, and control characters", () => {
    const title = `<a & 'b'>]]> \t \u0007 \ud800 \uffff 日本 😀`;
    const root = checked(junit(GOOD.replace("it reads", title)));
    const names = root.children[0]?.children.map(({ attributes }) => attributes.name) ?? [];
    assert.ok(names.includes("<a & 'b'>]]> \t \ufffd \ufffd \ufffd 日本 😀"), names.join());
  });

  it("gives any text back as it was, but for what XML cannot hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const root = { name: "failure", attributes: { message: text }, content: text };
        const found = parseXml(xmlText(root));
        const held = text
          // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML cannot hold.
          .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, "\ufffd");
        assert.equal(found.attributes.message, held);
        assert.equal(found.text, held);
      }),
    );
  });

  it("holds 10,000 failures", () => {
    const { diagnostics } = many(10_000);
    const run = runOf(GOOD);
    const file = { ...run, diagnostics: diagnostics as readonly Diagnostic[] };
    const root = checked(junitText(whole(file)));
    assert.match(root.children[0]?.children[0]?.children[0]?.attributes.message ?? "", /\(and 9999 more\)$/);
  });
});

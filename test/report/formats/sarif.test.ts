import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ajv from "ajv-draft-04";
import formats from "ajv-formats";
import { pageOf, RULES } from "../../../engine/language/index.js";
import { uriOf } from "../../../engine/report/formats/uri.js";
import { type SarifLog, type SarifOptions, sarifLog } from "../../../engine/report/index.js";
import { placeOf, programOf } from "../host.js";
import { about, many, reportOf, runOf, TEXT, whole } from "./report.js";

const OPTIONS: SarifOptions = { version: "1.2.3" };

/** The schema of SARIF 2.1.0 as its authors publish it, from the package of their own test matchers. */
const SCHEMA = JSON.parse(
  readFileSync("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json", "utf8"),
);

// The schema's pattern for languages is no regular expression in Unicode mode.
const checker = new ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(checker as never);
const validate = checker.compile(SCHEMA);

function assertValid(log: SarifLog): void {
  const value = JSON.parse(JSON.stringify(log));
  assert.ok(validate(value), JSON.stringify(validate.errors, undefined, 2));
}

const run = (log: SarifLog) => log.runs[0] ?? assert.fail("has no run");

describe("SARIF", () => {
  it("is valid where there is nothing to report", () => {
    const log = sarifLog(whole(), OPTIONS);
    assertValid(log);
    assert.deepEqual(run(log).results, []);
    assert.deepEqual(run(log).artifacts, []);
    assert.deepEqual(run(log).invocations, [{ executionSuccessful: true }]);
    assert.equal(run(log).columnKind, "utf16CodeUnits");
  });

  it("is valid for the examples of all rules together", () => {
    const files = [...RULES.values()].map(({ id }) =>
      runOf(pageOf({ id }).example.raises, `${id}.ioasid`, { "v1.ioasid": "uapi v1\n" }),
    );
    const log = sarifLog(whole(...files), { ...OPTIONS, pages: "https://example.org/rules/" });
    assertValid(log);
    assert.ok(run(log).results.length >= files.length - 2);
  });

  it("is refused by the schema when it is wrong, so that the test above means something", () => {
    const log = sarifLog(reportOf(about("nic")), OPTIONS);
    const wrong = JSON.parse(JSON.stringify(log).replace('"startLine":1', '"startLine":0'));
    assert.equal(validate(wrong), false);
  });

  it("has every rule with its words", () => {
    const { rules, semanticVersion } = run(sarifLog(whole(), OPTIONS)).tool.driver;
    assert.equal(semanticVersion, "1.2.3");
    assert.deepEqual(
      rules.map(({ id }) => id),
      [...RULES.keys()],
    );
    const rule = rules.find(({ id }) => id === "P003") ?? assert.fail();
    assert.equal(rule.name, "VPASIDBeyondThePASIDWidth");
    assert.deepEqual(rule.shortDescription, { text: "vPASID beyond the PASID width." });
    assert.match(rule.fullDescription.text, /^A PASID has to pass every part on its way: .*20 bits\.$/);
    assert.match(rule.help.text, /^A PASID has to pass .*Source: iommu_attach_device_pasid/s);
    assert.match(rule.help.markdown ?? "", /```ioasid\niommu vtd .*attach nic pasid 0xffff -> gva/s);
    assert.deepEqual(rule.defaultConfiguration, { level: "error" });
    assert.deepEqual(rule.properties.tags, ["category-3", "category-4", "category-5", "EINVAL"]);
    assert.equal(rule.helpUri, undefined, "no address is made up");
  });

  it("links to the pages of the rules where the host knows their address", () => {
    const { rules } = run(sarifLog(whole(), { ...OPTIONS, pages: "https://example.org/rules/" })).tool.driver;
    assert.equal(rules[0]?.helpUri, "https://example.org/rules/P001.md");
  });

  it("has the place of a result, its rule and its level", () => {
    const log = sarifLog(reportOf(about("wq0", { scenario: "it runs" })), OPTIONS);
    assertValid(log);
    assert.deepEqual(run(log).results, [
      {
        ruleId: "P003",
        ruleIndex: [...RULES.keys()].indexOf("P003"),
        level: "error",
        message: { text: "This is about wq0." },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "a.ioasid", index: 0 },
              region: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 9 },
            },
            logicalLocations: [{ name: "it runs", kind: "scenario" }],
          },
        ],
      },
    ]);
    assert.deepEqual(run(log).artifacts, [
      { location: { uri: "a.ioasid" }, roles: ["analysisTarget"], sourceLanguage: "ioasid" },
    ]);
  });

  it("counts columns in UTF-16 units, and a lone CR as a line end", () => {
    const text = "/* 😀 */ nic\rwq0";
    const program = programOf(text);
    const diagnostics = ["nic", "wq0"].map((word) =>
      about("nic", { span: placeOf(text, word), message: word }),
    );
    const { results } = run(sarifLog({ ...reportOf(), files: [{ program, diagnostics }] }, OPTIONS));
    assert.deepEqual(
      results.map(({ locations }) => locations[0]?.physicalLocation.region),
      [
        { startLine: 1, startColumn: 10, endLine: 1, endColumn: 13 },
        { startLine: 2, startColumn: 1, endLine: 2, endColumn: 4 },
      ],
    );
  });

  it("numbers the related places", () => {
    const related = [
      { span: placeOf(TEXT, "nic"), message: "It was bound here." },
      { span: placeOf(TEXT, "wq0"), message: "It was attached here." },
    ];
    const log = sarifLog(reportOf(about("wq0", { related })), OPTIONS);
    assertValid(log);
    assert.deepEqual(
      run(log).results[0]?.relatedLocations?.map(({ id, message }) => [id, message?.text]),
      [
        [1, "It was bound here."],
        [2, "It was attached here."],
      ],
    );
  });

  it("says warnings and notes in its own words, and leaves hints out", () => {
    const diagnostics = (["warning", "information", "hint"] as const).map((severity) =>
      about("nic", { severity, message: severity }),
    );
    const { results } = run(sarifLog(reportOf(...diagnostics), OPTIONS));
    assert.deepEqual(
      results.map(({ level, message }) => [level, message.text]),
      [
        ["warning", "warning"],
        ["note", "information"],
      ],
    );
  });

  it("carries the fixes that the host computed", () => {
    const fix = {
      title: "Bind wq1 instead",
      safe: true,
      edits: [
        { ...placeOf(TEXT, "wq0"), text: "wq1" },
        { file: "a.ioasid", start: 0, end: 0, text: "// changed\n" },
      ],
    };
    const log = sarifLog(reportOf(about("wq0")), { ...OPTIONS, fixesOf: () => [fix] });
    assertValid(log);
    assert.deepEqual(run(log).results[0]?.fixes, [
      {
        description: { text: "Bind wq1 instead" },
        artifactChanges: [
          {
            artifactLocation: { uri: "a.ioasid", index: 0 },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 9 },
                insertedContent: { text: "wq1" },
              },
              {
                deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
                insertedContent: { text: "// changed\n" },
              },
            ],
          },
        ],
      },
    ]);
  });

  it("asks for the fixes of the first 1,000 results, and not of all", () => {
    const { text, diagnostics } = many(10_000);
    let asked = 0;
    const fixesOf: SarifOptions["fixesOf"] = ({ span }) => {
      asked += 1;
      return [{ title: "Use vPASID 1", safe: false, edits: [{ ...span, text: "" }] }];
    };
    const report = { ...reportOf(), files: [{ program: programOf(text), diagnostics }] };
    const { results } = run(sarifLog(report, { ...OPTIONS, fixesOf }));
    assert.equal(asked, 1000);
    assert.equal(results.filter(({ fixes }) => fixes).length, 1000);
  });

  it("says once what several files find in one import", () => {
    const host = { "host.ioasid": "iommu vtd { }\nprocess\n" };
    const files = ["a.ioasid", "b.ioasid"].map((file) => runOf('import "host.ioasid"\n', file, host));
    const log = sarifLog(whole(...files), OPTIONS);
    assertValid(log);
    const places = run(log).results.map(
      ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri,
    );
    assert.deepEqual([...new Set(places)], ["host.ioasid"]);
    assert.equal(places.length, files[0]?.diagnostics.length);
    assert.deepEqual(
      run(log).artifacts.map(({ location, roles }) => [location.uri, roles !== undefined]),
      [
        ["a.ioasid", true],
        ["host.ioasid", false],
        ["b.ioasid", true],
      ],
    );
  });

  it("is no success when a file could not be read or a signal stopped the run", () => {
    const unreadable = [{ file: "gone.ioasid", message: 'There is no file "gone.ioasid".' }];
    const log = sarifLog({ files: [], unreadable, isWhole: false }, OPTIONS);
    assertValid(log);
    const [invocation] = run(log).invocations;
    assert.equal(invocation?.executionSuccessful, false);
    assert.deepEqual(
      invocation?.toolExecutionNotifications?.map(({ message }) => message.text),
      ['There is no file "gone.ioasid".', "The run was interrupted."],
    );
  });

  it("is no success when a rule failed at its own work", () => {
    const log = sarifLog(reportOf(about("nic", { code: "S069", message: "Rule P003 failed." })), OPTIONS);
    assertValid(log);
    assert.deepEqual(run(log).invocations, [
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: "error", message: { text: "Rule P003 failed." } }],
      },
    ]);
  });

  it("knows a code without a rule only by its name", () => {
    const log = sarifLog(reportOf(about("nic", { code: "X999" })), OPTIONS);
    assertValid(log);
    assert.equal(run(log).results[0]?.ruleId, "X999");
    assert.equal(run(log).results[0]?.ruleIndex, undefined);
  });

  it("holds 10,000 results", () => {
    const { text, diagnostics } = many(10_000);
    const log = sarifLog({ ...reportOf(), files: [{ program: programOf(text), diagnostics }] }, OPTIONS);
    assert.equal(run(log).results.length, 10_000);
    const last = run(log).results[9_999]?.locations[0]?.physicalLocation.region;
    assert.equal(last?.startLine, 10_000);
  });
});

describe("the URI of a file", () => {
  const cases: [path: string, uri: string][] = [
    ["a.ioasid", "a.ioasid"],
    ["../hosts/a b.ioasid", "../hosts/a%20b.ioasid"],
    ["c:d.ioasid", "c%3Ad.ioasid"],
    ["/tmp/größe#1.ioasid", "file:///tmp/gr%C3%B6%C3%9Fe%231.ioasid"],
    ["//tmp/a.ioasid", "file:///tmp/a.ioasid"],
    ["C:\\hosts\\a.ioasid", "file:///C:/hosts/a.ioasid"],
    ["hosts\\a.ioasid", "hosts/a.ioasid"],
    ["<stdin>", "%3Cstdin%3E"],
    ["half \ud800.ioasid", "half%20%EF%BF%BD.ioasid"],
  ];
  for (const [path, uri] of cases)
    it(`${JSON.stringify(path)} is ${uri}`, () => assert.equal(uriOf(path), uri));
});

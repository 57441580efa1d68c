import assert from "node:assert/strict";
import { accepted, GUEST, itemAt, labels, offered } from "./offering.js";

const P010 = `${GUEST}  attach wq0 pasid 7 -> gva\n}\n`;

describe("completion in comments", () => {
  it("offers the two switches, and nothing in any other comment", () => {
    assert.deepEqual(labels("// $0"), ["ioasid-ignore", "ioasid-ignore-file"]);
    assert.deepEqual(labels("// ioa$0"), ["ioasid-ignore", "ioasid-ignore-file"]);
    assert.deepEqual(labels("/* ioasid-ig$0 */"), ["ioasid-ignore", "ioasid-ignore-file"]);
    for (const text of ["// attach $0", "// the $0", "/* a\n $0 */", "// x ioasid-ignore $0"]) {
      assert.deepEqual(labels(text), [], text);
    }
  });

  it("offers the rules that a comment can hide, those of its statement first", () => {
    const found = labels(P010.replace("  attach wq0 pasid 7", "  // ioasid-ignore $0\n  attach wq0 pasid 7"));
    assert.equal(found[0], "P010");
    assert.ok(found.includes("U093") && !found.includes("S010"), "errors of the text stay");
  });

  it("also behind the statement, and with some letters typed", () => {
    const trailing = P010.replace("-> gva\n}", "-> gva  // ioasid-ignore P0$0\n}");
    assert.equal(labels(trailing)[0], "P010");
    assert.equal(accepted(trailing, "P010"), P010.replace("-> gva\n}", "-> gva  // ioasid-ignore P010\n}"));
  });

  it("offers the reason with the rule, and after it", () => {
    assert.equal(itemAt("// ioasid-ignore-file $0", "P027").snippet, "P027 -- $0");
    assert.deepEqual(labels("// ioasid-ignore P027 $0"), ["-- reason"]);
    assert.equal(accepted("// ioasid-ignore P027$0 ", "P027"), "// ioasid-ignore P027 ");
    assert.equal(accepted("// ioasid-ignore P027 -$0", "-- reason"), "// ioasid-ignore P027 -- ");
    assert.deepEqual(labels("// ioasid-ignore P027 -- be$0"), []);
  });

  it("offers no rule twice", () => {
    const found = labels("// ioasid-ignore P027, $0");
    assert.ok(found.includes("P010") && !found.includes("P027"));
  });

  it("asks nobody who begins an ordinary comment", () => {
    assert.equal(offered("// $0").mustFollow, false);
    assert.equal(offered("// ioasid-ignore $0").mustFollow, true);
  });
});

describe("completion in strings", () => {
  it("offers the files that an import can name, in the place of the whole path", () => {
    const paths = ["host.ioasid", "platforms/dsa-host.ioasid"];
    assert.deepEqual(
      offered('import "$0"\n', { paths }).items.map(({ label }) => label),
      paths,
    );
    const { replace, items } = offered('import "plat$0forms/x"\n', { paths });
    assert.deepEqual(replace, { start: 8, end: 19 });
    assert.equal(items[1]?.insert, "platforms/dsa-host.ioasid");
    assert.equal(offered('import "plat$0\n', { paths }).items[1]?.insert, 'platforms/dsa-host.ioasid"');
  });

  it("offers nothing in a title", () => {
    assert.deepEqual(labels('scenario "at$0tach" { }'), []);
    assert.deepEqual(labels('scenario "$0'), []);
  });
});

describe("completion of `allow`", () => {
  it("offers the rules that it can turn into information, with their titles", () => {
    const source = `${GUEST}  allow $0\n`;
    assert.equal(labels(source).length, 30);
    assert.equal(itemAt(source, "P009").detail, "ENQCMD with and without PASID translation");
  });
});

import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckJson, DiagnosticJson } from "../../engine/report/index.js";
import { type Ended, folderWith, GOOD, ioasid, remove } from "./program.js";

/** What `check` says of a text, and that it says it in both formats without falling over. */
function check(input: string | Uint8Array): { ended: Ended; diagnostics: readonly DiagnosticJson[] } {
  const ended = ioasid(["check", "-"], { input });
  const json = ioasid(["check", "-", "--format", "json"], { input });
  assert.equal(ended.stderr, "");
  assert.equal(json.stderr, "");
  assert.equal(json.status, ended.status);
  const { diagnostics } = JSON.parse(json.stdout) as CheckJson;
  for (const { code, message, range } of diagnostics) {
    assert.match(code, /^[A-Z]\d{3}$/);
    assert.match(message, /[.?]$/, message);
    assert.ok(range.start.line >= 0 && range.start.character >= 0 && range.end.line >= range.start.line);
  }
  return { ended, diagnostics };
}

/** Errors on a 0-based line. */
function errorsOn(diagnostics: readonly DiagnosticJson[], line: number): readonly DiagnosticJson[] {
  return diagnostics.filter(({ severity, range }) => severity === "error" && range.start.line === line);
}

describe("bad input", () => {
  it("an empty file is a file without anything to say", () => {
    assert.equal(check("").ended.status, 0);
    assert.equal(check("\n\n// nothing\n").ended.status, 0);
  });

  it("binary garbage is a diagnostic with a place", () => {
    const garbage = Uint8Array.from({ length: 4096 }, (_, index) => (index * 167 + (index >> 3)) & 0xff);
    const { ended, diagnostics } = check(garbage);
    assert.equal(ended.status, 1);
    assert.ok(diagnostics.length > 0);
    assert.doesNotMatch(ended.stdout, /[^\P{Cc}\n]/u, "no control character is printed");
  });

  it("10 MB on one line are checked, and only the part around a place is shown", () => {
    const { ended } = check(`pdev /* ${"x ".repeat(5_000_000)}*/ nonsense`);
    assert.equal(ended.status, 1);
    assert.ok(ended.stdout.split("\n").every((line) => line.length < 250));
    assert.ok(ended.stdout.length < 10_000);
  });

  it("10,000 wrong statements on one line are diagnostics, and the text shows the first of them", () => {
    const { ended, diagnostics } = check("pdev x ".repeat(10_000));
    assert.ok(diagnostics.length > 40);
    assert.match(ended.stdout, /… [\d,]+ more: [\d,]+ errors/);
    assert.ok(ended.stdout.length < 50_000);
  });

  it("10 MB without a blank is checked", () => {
    assert.equal(check("x".repeat(10_000_000)).ended.status, 1);
  });

  it("100,000 nested braces are a diagnostic", () => {
    assert.equal(check("{".repeat(100_000)).ended.status, 1);
    assert.equal(check(`guest vm0 ${"{ ioasid a ".repeat(100_000)}`).ended.status, 1);
    assert.equal(check("}".repeat(100_000)).ended.status, 1);
  });

  it("half a statement at the end loses nothing before it", () => {
    const { ended, diagnostics } = check(
      `${GOOD}scenario "more" {\n  dma nic read 0x5000 => ram[0x0]\n  dma nic`,
    );
    assert.equal(ended.status, 1);
    assert.equal(errorsOn(diagnostics, 13).length, 1, "the wrong outcome before it is still found");
    assert.ok(errorsOn(diagnostics, 14).length > 0);
  });

  it("a byte order mark is not part of the text", () => {
    const { ended } = check(`\ufeff${GOOD}`);
    assert.equal(ended.status, 0);
    const { diagnostics } = check("\ufeffnonsense");
    assert.equal(diagnostics[0]?.range.start.character, 0);
  });

  for (const [name, text] of [
    ["CR LF", GOOD.replaceAll("\n", "\r\n")],
    ["CR", GOOD.replaceAll("\n", "\r")],
    ["tabs", GOOD.replaceAll("  ", "\t")],
    ["no line ends", GOOD.replaceAll("\n", " ")],
    ["commas", GOOD.replace("{ pasid-width 20 }", "{ pasid-width 20, }")],
  ] as const) {
    it(`${name} are accepted`, () => assert.equal(check(text).ended.status, 0));
  }

  it("lines are counted the same with LF and CR LF", () => {
    const wrong = GOOD.replace("ram[0x1000]", "ram[0x2000]");
    const places = (text: string) => check(text).diagnostics.map(({ range }) => range);
    assert.deepEqual(places(wrong.replaceAll("\n", "\r\n")), places(wrong));
  });

  it("carets stand under their place after tabs and wide letters", () => {
    const { ended } = check(`${GOOD}scenario "日本" {\n\tdma nic read /* 日本 */ 0x1000 => ram[0x9000]\n}\n`);
    const lines = ended.stdout.split("\n");
    const source = lines.findIndex((line) => line.includes("=> ram[0x9000]"));
    const before = lines[source]?.split("=> ram")[0] ?? "";
    assert.equal(lines[source + 1]?.indexOf("^"), before.length + 2, "two wide letters are two columns more");
  });

  it("non-ASCII is fine in strings and comments, and an error in a name", () => {
    assert.equal(check(`// größer 日本 😀\n${GOOD.replace("it reads", "größer 日本 😀")}`).ended.status, 0);
    const { ended, diagnostics } = check(GOOD.replaceAll("nic", "größe"));
    assert.equal(ended.status, 1);
    assert.ok(errorsOn(diagnostics, 1).length > 0);
  });

  it("columns are UTF-16 units, as editors count them", () => {
    const { diagnostics } = check(`/* 😀 */ nonsense`);
    assert.equal(diagnostics[0]?.range.start.character, 9);
  });

  it("a duplicate name is an error that shows the other place", () => {
    const { diagnostics } = check(GOOD.replace("ioasid gpa", "ioasid gpa\n  ioasid gpa"));
    const [error] = errorsOn(diagnostics, 6);
    assert.equal(error?.related[0]?.range.start.line, 5);
  });

  it("a number past 64 bits is an error at the number", () => {
    const { diagnostics } = check(GOOD.replace("0x4000_0000", "0x1_0000_0000_0000_0000"));
    const [error] = errorsOn(diagnostics, 3);
    assert.deepEqual(error?.range.start, { line: 3, character: 16 });
  });

  it("a range past the end of the address space is an error", () => {
    const { diagnostics } = check(GOOD.replace("map gpa 0x0 + 1G", "map gpa 0xffff_ffff_ffff_f000 + 1G"));
    assert.equal(errorsOn(diagnostics, 7).length, 1);
  });

  it("2^20 PASIDs are one more than the largest", () => {
    const { diagnostics } = check(
      GOOD.replace("attach nic -> gpa", "attach nic -> gpa\n  attach nic pasid 0x100000 -> gpa"),
    );
    assert.ok(errorsOn(diagnostics, 7).length > 0);
  });

  it("an unknown word gets the nearest known one offered", () => {
    const { diagnostics } = check(GOOD.replace("pasid-width 20", "pasid-widht 20"));
    assert.match(errorsOn(diagnostics, 0)[0]?.message ?? "", /pasid-width/);
    assert.match(check(GOOD.replace("attach nic", "atach nic")).diagnostics[0]?.message ?? "", /attach/);
  });
});

describe("a bad import", () => {
  let folder: string;
  before(() => {
    folder = folderWith({
      "outside.ioasid": GOOD,
      "project/package.json": "{}",
      "project/platforms/spr.ioasid": "iommu vtd { pasid-width 20 }\n",
      "project/binary.ioasid": Uint8Array.from([0xff, 0xfe, 0x00, 0x01, 0x80]),
    });
    mkdirSync(join(folder, "project/folder"));
    symlinkSync("../outside.ioasid", join(folder, "project/link.ioasid"));
    symlinkSync("..", join(folder, "project/up"));
    symlinkSync("platforms/spr.ioasid", join(folder, "project/inner.ioasid"));
    symlinkSync("/dev/zero", join(folder, "project/device.ioasid"));
  });
  after(() => remove(folder));

  function importing(target: string, rest = "", file = "main.ioasid"): readonly DiagnosticJson[] {
    const path = join(folder, "project", file);
    writeFileSync(path, `import "${target}"\n${rest}`);
    const { stdout, stderr } = ioasid(["check", path, "--format", "json"]);
    assert.equal(stderr, "");
    return (JSON.parse(stdout) as CheckJson).diagnostics;
  }

  const wrong: readonly [name: string, target: string, says: RegExp][] = [
    ["of a missing file", "missing.ioasid", /There is no file/],
    ["of a file in a missing folder", "a/b/c.ioasid", /There is no file/],
    ["of itself", "main.ioasid", /itself/],
    ["of a directory", "folder", /directory/],
    ["of a path outside the workspace", "../outside.ioasid", /outside/],
    ["of an absolute path outside the workspace", "/etc/passwd", /outside/],
    ["of a missing file outside the workspace", "../missing.ioasid", /outside/],
    ["of a link that leads outside the workspace", "link.ioasid", /outside/],
    ["of a path through a link that leads outside", "up/outside.ioasid", /outside/],
    ["of a device", "device.ioasid", /outside/],
    ["of nothing", "", /directory|empty/],
  ];
  for (const [name, target, says] of wrong) {
    it(`${name} is an error at the import, and the rest of the file still counts`, () => {
      const diagnostics = importing(target, `pdev a at 00:01.0 behind nobody { category 0 }\n`);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      assert.deepEqual([...new Set(errors.map(({ range }) => range.start.line))], [0, 1]);
      assert.match(errors[0]?.message ?? "", says);
    });
  }

  it("of a file that imports it back is an error that shows the circle", () => {
    writeFileSync(join(folder, "project/back.ioasid"), `import "main.ioasid"\n`);
    const [error] = importing("back.ioasid");
    assert.match(error?.message ?? "", /main\.ioasid.*->.*back\.ioasid.*->.*main\.ioasid/);
    assert.match(error?.file ?? "", /back\.ioasid$/);
  });

  it("of a binary file is errors in that file", () => {
    const diagnostics = importing("binary.ioasid");
    assert.ok(diagnostics.length > 0);
    assert.match(diagnostics[0]?.file ?? "", /binary\.ioasid$/);
  });

  it("is not one that stays in the workspace, whatever its way", () => {
    const device = "pdev a at 00:01.0 behind vtd { category 0 }\n";
    for (const target of ["platforms/spr.ioasid", "./platforms/../platforms/spr.ioasid", "inner.ioasid"]) {
      assert.deepEqual(importing(target, device), []);
    }
    assert.deepEqual(
      importing("platforms/spr.ioasid", `import "inner.ioasid"\n${device}`),
      [],
      "one file, once",
    );
    assert.deepEqual(importing("../platforms/spr.ioasid", device, "platforms/main.ioasid"), []);
  });

  it("without a workspace reaches the folder of the file only", () => {
    const bare = folderWith({ "a/main.ioasid": `import "../b.ioasid"\n`, "b.ioasid": "" });
    const { status, stdout } = ioasid(["check", join(bare, "a/main.ioasid")]);
    assert.equal(status, 1);
    assert.match(stdout, /outside/);
    remove(bare);
  });
});

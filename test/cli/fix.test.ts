import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderWith, GOOD, ioasid, remove, WRONG } from "./program.js";

/** A misspelt verb, an arrow apart, and a bind that comes too late: each has one answer. */
const SLIPS = GOOD.replace(
  "  bind nic\n  ioasid gpa\n  attach nic -> gpa\n",
  "  ioasid gpa\n  atach nic - > gpa\n  bind nic\n",
);

/** What is right of them afterwards. */
const PUT_RIGHT = GOOD.replace(
  "  bind nic\n  ioasid gpa\n  attach nic -> gpa\n",
  "  ioasid gpa\n  bind nic\n  attach nic -> gpa\n",
);

describe("ioasid check --fix", () => {
  let folder = "";

  const call = (files: Record<string, string | Uint8Array>, args: string[], input = "") => {
    folder = folderWith({ ...files, "package.json": "{}" });
    return ioasid(["check", ...args], { cwd: folder, input });
  };
  const textOf = (name: string) => readFileSync(join(folder, name), "utf8");

  afterEach(() => remove(folder));

  it("writes the file, tells what it did, and shows what is left", () => {
    const ended = call({ "a.ioasid": SLIPS }, ["--fix", "a.ioasid"]);
    assert.equal(textOf("a.ioasid"), PUT_RIGHT);
    assert.equal(ended.status, 0);
    assert.match(ended.stderr, /fixed in a\.ioasid:\n(.|\n)*P021 {2}Move `bind nic` to before `/);
    assert.match(ended.stdout, /nothing to report/);
    assert.deepEqual(readdirSync(folder).sort(), ["a.ioasid", "package.json"]);
  });

  it("leaves alone what only the author can know, and exits with what remains", () => {
    const ended = call({ "a.ioasid": WRONG }, ["--fix", "a.ioasid"]);
    assert.equal(textOf("a.ioasid"), WRONG);
    assert.equal(ended.status, 1);
    assert.equal(ended.stderr, "");
    assert.match(ended.stdout, /U090/);
  });

  it("prints the fixed text of standard input, and the findings on standard error", () => {
    const ended = call({}, ["--fix", "-"], SLIPS.replace("=> ram[0x1000]", "=> ram[0x2000]"));
    assert.equal(ended.stdout, PUT_RIGHT.replace("=> ram[0x1000]", "=> ram[0x2000]"));
    assert.match(ended.stderr, /U090/);
    assert.equal(ended.status, 1);
  });

  it("prints standard input as it is when there is nothing to fix", () => {
    assert.equal(call({}, ["--fix", "-"], GOOD).stdout, GOOD);
  });

  it("keeps the line breaks, the byte order mark and the mode of a file", () => {
    const crlf = `\ufeff${SLIPS.replaceAll("\n", "\r\n")}`;
    folder = folderWith({ "a.ioasid": crlf, "package.json": "{}" });
    chmodSync(join(folder, "a.ioasid"), 0o640);
    ioasid(["check", "--fix", "a.ioasid"], { cwd: folder });
    assert.equal(textOf("a.ioasid"), `\ufeff${PUT_RIGHT.replaceAll("\n", "\r\n")}`);
    assert.equal(statSync(join(folder, "a.ioasid")).mode & 0o777, 0o640);
  });

  it("writes through a symbolic link", () => {
    folder = folderWith({ "real.ioasid": SLIPS, "package.json": "{}" });
    symlinkSync("real.ioasid", join(folder, "link.ioasid"));
    ioasid(["check", "--fix", "link.ioasid"], { cwd: folder });
    assert.equal(textOf("real.ioasid"), PUT_RIGHT);
  });

  it("does not touch a file that is not UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from("// caf\xe9\n", "latin1"), Buffer.from(SLIPS)]);
    const ended = call({ "a.ioasid": bytes }, ["--fix", "a.ioasid"]);
    assert.equal(ended.status, 2);
    assert.match(ended.stderr, /"a\.ioasid" was not written: it has changed meanwhile, or is not UTF-8/);
    assert.deepEqual(readFileSync(join(folder, "a.ioasid")), bytes);
  });

  it("does not touch what a file imports", () => {
    const library = "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behnd vtd { category 0 }\n";
    const text = GOOD.split("\n").slice(2).join("\n");
    const ended = call({ "lib.ioasid": library, "a.ioasid": `import "lib.ioasid"\n${text}` }, [
      "--fix",
      "a.ioasid",
    ]);
    assert.equal(textOf("lib.ioasid"), library);
    assert.equal(ended.status, 1);
  });

  it("fixes several files, each by itself", () => {
    const ended = call({ "a.ioasid": SLIPS, "b.ioasid": SLIPS }, ["--fix", "a.ioasid", "b.ioasid"]);
    assert.equal(ended.status, 0);
    assert.equal(textOf("a.ioasid"), PUT_RIGHT);
    assert.equal(textOf("b.ioasid"), PUT_RIGHT);
  });

  it("belongs to check", () => {
    assert.match(call({ "a.ioasid": GOOD }, ["--dry-run", "a.ioasid"]).stderr, /--dry-run belongs to --fix/);
    assert.match(ioasid(["run", "--fix", "a.ioasid"], { cwd: folder }).stderr, /--fix belongs to check/);
  });
});

describe("ioasid check --fix --dry-run", () => {
  it("prints a unified diff and writes nothing", () => {
    const folder = folderWith({ "a.ioasid": SLIPS, "package.json": "{}" });
    const ended = ioasid(["check", "--fix", "--dry-run", "a.ioasid"], { cwd: folder });
    assert.equal(readFileSync(join(folder, "a.ioasid"), "utf8"), SLIPS);
    assert.equal(
      ended.stdout,
      `--- a.ioasid
+++ a.ioasid
@@ -3,8 +3,8 @@
 guest vm0 {
   memory ram at 0x4000_0000 + 1G
   ioasid gpa
-  atach nic - > gpa
   bind nic
+  attach nic -> gpa
   map gpa 0x0 + 1G -> ram
 }
 scenario "it reads" {
`,
    );
    assert.match(ended.stderr, /would fix in a\.ioasid/);
    assert.equal(ended.status, 0);
    remove(folder);
  });

  it("prints nothing where there is nothing to fix", () => {
    const folder = folderWith({ "a.ioasid": WRONG, "package.json": "{}" });
    const ended = ioasid(["check", "--fix", "--dry-run", "a.ioasid"], { cwd: folder });
    assert.equal(ended.stdout, "");
    assert.match(ended.stderr, /U090/);
    assert.equal(ended.status, 1);
    remove(folder);
  });
});

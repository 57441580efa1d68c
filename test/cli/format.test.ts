import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderWith, ioasid, remove } from "./program.js";

const LOOSE = "cpu{enqcmd}\nguest vm0 { bind  nic }\n";
const TIDY = "cpu { enqcmd }\nguest vm0 {\n  bind nic\n}\n";
const MISTAKE = "cpu{enqcmd}\nmdev wq0 upon dsa  { }\n";
const BROKEN = "cpu  { }\n}\n";

describe("ioasid fmt", () => {
  let folder: string;
  beforeEach(() => {
    folder = folderWith({
      "loose.ioasid": LOOSE,
      "tidy.ioasid": TIDY,
      "mistake.ioasid": MISTAKE,
      "broken.ioasid": BROKEN,
      "latin.ioasid": Buffer.from("// f\xfcr alle\ncpu{}\n", "latin1"),
      "marked.ioasid": `\ufeff${TIDY}`,
      "inner/package.json": "{}",
    });
  });
  afterEach(() => remove(folder));
  const call = (...args: string[]) => ioasid(["fmt", ...args], { cwd: folder });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  it("rewrites files and lists those that changed", () => {
    chmodSync(join(folder, "loose.ioasid"), 0o640);
    assert.deepEqual(call("loose.ioasid", "tidy.ioasid"), {
      status: 0,
      stdout: "loose.ioasid\n",
      stderr: "",
    });
    assert.equal(read("loose.ioasid"), TIDY);
    assert.equal(statSync(join(folder, "loose.ioasid")).mode & 0o777, 0o640);
    assert.deepEqual(call("loose.ioasid", "tidy.ioasid"), { status: 0, stdout: "", stderr: "" });
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("follows a link and leaves it a link", () => {
    symlinkSync("loose.ioasid", join(folder, "link.ioasid"));
    assert.equal(call("link.ioasid").status, 0);
    assert.equal(read("loose.ioasid"), TIDY);
  });

  it("drops a byte order mark", () => {
    assert.equal(call("marked.ioasid").stdout, "marked.ioasid\n");
    assert.equal(read("marked.ioasid"), TIDY);
  });

  it("--check lists the files that would change, changes none and ends with 1", () => {
    const ended = call("--check", "tidy.ioasid", "loose.ioasid");
    assert.deepEqual(ended, { status: 1, stdout: "loose.ioasid\n", stderr: "" });
    assert.equal(read("loose.ioasid"), LOOSE);
    assert.deepEqual(call("--check", "tidy.ioasid"), { status: 0, stdout: "", stderr: "" });
  });

  it("--stdin formats standard input to standard output", () => {
    const wanted = { status: 0, stdout: TIDY, stderr: "" };
    assert.deepEqual(ioasid(["fmt", "--stdin"], { input: LOOSE }), wanted);
    assert.deepEqual(ioasid(["fmt", "-"], { input: LOOSE }), wanted);
    assert.deepEqual(ioasid(["fmt", "--stdin", "--check"], { input: LOOSE }), {
      status: 1,
      stdout: "<stdin>\n",
      stderr: "",
    });
  });

  it("leaves what it does not understand as it is, says where, and ends with 1", () => {
    const { status, stdout, stderr } = call("mistake.ioasid");
    assert.deepEqual({ status, stdout }, { status: 1, stdout: "mistake.ioasid\n" });
    assert.match(stderr, /mistake\.ioasid:2 was left as it is.*ioasid check mistake\.ioasid\n$/);
    assert.equal(read("mistake.ioasid"), "cpu { enqcmd }\nmdev wq0 upon dsa  { }\n");
  });

  it("leaves a file alone in which nothing is certain", () => {
    const { status, stdout, stderr } = call("broken.ioasid");
    assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
    assert.match(stderr, /broken\.ioasid was left as it is/);
    assert.equal(read("broken.ioasid"), BROKEN);
  });

  it("leaves a file alone that is not UTF-8, and still does the others", () => {
    const { status, stdout, stderr } = call("latin.ioasid", "loose.ioasid");
    assert.deepEqual({ status, stdout }, { status: 2, stdout: "loose.ioasid\n" });
    assert.match(stderr, /"latin\.ioasid" is not UTF-8/);
    assert.equal(readFileSync(join(folder, "latin.ioasid")).length, 18);
  });

  const wrong: readonly [name: string, args: string[], says: RegExp][] = [
    ["without a file", [], /No file was given to fmt/],
    ["with files and standard input", ["--stdin", "loose.ioasid"], /not both at once/],
    ["with an option that there is not", ["--write", "loose.ioasid"], /--write/],
    ["with a file that there is not", ["missing.ioasid"], /no file "missing.ioasid"/],
    ["with a directory", ["inner"], /"inner" is a directory/],
    ["with a device", ["/dev/null"], /not a regular file/],
  ];
  for (const [name, args, says] of wrong) {
    it(`${name} ends with 2 and says why`, () => {
      const { status, stdout, stderr } = call(...args);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }

  it("says what it can do", () => {
    assert.match(ioasid(["fmt", "--help"]).stdout, /ioasid fmt FILE… {2}\[--check\] \[--stdin\]/);
  });
});

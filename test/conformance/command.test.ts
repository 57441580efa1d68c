import assert from "node:assert/strict";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { folderWith, ioasid, remove } from "../cli/program.js";

const line = (errno: string) =>
  JSON.stringify({
    family: "A",
    seed: 7,
    ops: [
      { op: "ioas_alloc", args: [], var: "io1" },
      { op: "map", args: ["$io1", "rf", "0x1000", "@0", "0"] },
    ],
    results: [{ errno: "0" }, { errno }],
  });

describe("ioasid conform", () => {
  let folder: string;
  before(() => {
    folder = folderWith({
      "same.jsonl": `${line("EINVAL")}\n`,
      "other.jsonl.gz": gzipSync(`${line("EFAULT")}\n`),
      "broken.jsonl": '{"family":"A"}\n',
      "unknown.jsonl": `${line("EINVAL").replace("ioas_alloc", "fly")}\n`,
    });
  });
  after(() => remove(folder));
  const conform = (...files: string[]) => ioasid(["conform", ...files], { cwd: folder });

  it("counts what agrees, by family, and ends with 0 when all does", () => {
    const { status, stdout } = conform("same.jsonl", resolve("test/conformance/corpus/F.jsonl.gz"));
    assert.equal(stdout.split("\n")[0], "A: 1 of 1 sequences, 2 of 2 operations agree");
    assert.match(stdout, /^F: 175 of 175 sequences, /m);
    assert.equal(status, 0);
  });

  it("shows the first differences, and ends with 1", () => {
    const { status, stdout } = conform("other.jsonl.gz");
    assert.equal(
      stdout,
      [
        "A: 0 of 1 sequences, 1 of 2 operations agree",
        "  seed 7, operation 1: map $io1 rf 0x1000 @0 0",
        "    real kernel EFAULT; simulator EINVAL",
        "",
      ].join("\n"),
    );
    assert.equal(status, 1);
  });

  it("says which file is no corpus", () => {
    const { status, stderr } = conform("broken.jsonl");
    assert.equal(
      stderr,
      "ioasid: broken.jsonl is no corpus file: line 1 is no sequence with as many results as operations.\n",
    );
    assert.equal(status, 2);
    assert.equal(conform("missing.jsonl").status, 2);
    assert.match(conform("unknown.jsonl").stderr, /line 1 has an operation "fly"/);
  });

  it("wants files and nothing else", () => {
    assert.equal(conform().status, 2);
    assert.match(conform("--all").stderr, /conform has no option --all/);
  });

  it("is not in the help, which is for users", () => {
    assert.doesNotMatch(ioasid(["--help"]).stdout, /conform/);
  });
});

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, GOOD, ioasid, remove } from "./program.js";

/** GOOD behind iommufd. */
const PORTED = `uapi iommufd\n${GOOD.replace("ioasid gpa", "ioas gpa")}`;

const HOST = "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 0 }\n";
const IMPORTING = `import "host.ioasid"\n${GOOD.split("\n").slice(2).join("\n")}`;

describe("ioasid port", () => {
  let folder: string;
  beforeEach(() => {
    folder = folderWith({
      "good.ioasid": GOOD,
      "v1.ioasid": `uapi v1\n${GOOD.replace("  map gpa", "  register ram\n  map gpa")}`,
      "mistake.ioasid": "mdev wq0 upon dsa { }\n",
      "host.ioasid": HOST,
      "importing.ioasid": IMPORTING,
      "inner/there.ioasid": "",
      "package.json": "{}",
    });
  });
  afterEach(() => remove(folder));
  const call = (...args: string[]) => ioasid(["port", ...args], { cwd: folder });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  it("prints the file as it is behind the other interface", () => {
    assert.deepEqual(call("good.ioasid", "--to", "iommufd"), { status: 0, stdout: PORTED, stderr: "" });
    assert.equal(read("good.ioasid"), GOOD);
  });

  it("reads standard input", () => {
    const ended = ioasid(["port", "-", "--to", "iommufd"], { input: GOOD });
    assert.deepEqual(ended, { status: 0, stdout: PORTED, stderr: "" });
  });

  it("--out writes a file, new or old, and prints nothing but findings", () => {
    for (const name of ["new.ioasid", "new.ioasid", "inner/there.ioasid"]) {
      assert.deepEqual(call("good.ioasid", "--to", "iommufd", "--out", name), {
        status: 0,
        stdout: "",
        stderr: "",
      });
      assert.equal(read(name), PORTED);
    }
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("keeps imports in the same folder, and has none in another", () => {
    call("importing.ioasid", "--to", "iommufd", "--out", "beside.ioasid");
    assert.match(read("beside.ioasid"), /^uapi iommufd\nimport "host.ioasid"\n/);
    call("importing.ioasid", "--to", "iommufd", "--out", "inner/alone.ioasid");
    assert.match(read("inner/alone.ioasid"), /^uapi iommufd\niommu vtd/);
    for (const name of ["beside.ioasid", "inner/alone.ioasid"]) {
      assert.equal(ioasid(["run", name], { cwd: folder }).status, 0);
    }
  });

  it("tells what has no counterpart, where, and what is done today", () => {
    const { status, stderr } = call("v1.ioasid", "--to", "rfc-v2");
    assert.equal(status, 0);
    assert.match(
      stderr,
      /^v1\.ioasid:9: There is no counterpart for IOASID_REGISTER_MEMORY .*\n {4}today: .*\n {4}source: .*\n$/,
    );
  });

  it("ends with 1 and a sentence for a file that cannot be ported", () => {
    call("good.ioasid", "--to", "iommufd", "--out", "today.ioasid");
    const refused: readonly [file: string, to: string, says: RegExp][] = [
      ["mistake.ioasid", "iommufd", /mistake\.ioasid is not understood as a whole.*ioasid check/],
      ["today.ioasid", "iommufd", /written for iommufd already/],
      ["today.ioasid", "rfc-v2", /no way back/],
      ["good.ioasid", "rfc-v2", /written for RFC v2 already, which is what a file without uapi means/],
    ];
    for (const [file, to, says] of refused) {
      const { status, stdout, stderr } = call(file, "--to", to);
      assert.deepEqual({ status, stdout }, { status: 1, stdout: "" });
      assert.match(stderr, says);
    }
  });

  it("ends with 2 when called wrongly", () => {
    const wrong: readonly [args: string[], says: RegExp][] = [
      [[], /No file was given/],
      [["good.ioasid"], /needs --to/],
      [["good.ioasid", "--to", "vfio"], /no interface "vfio"/],
      [["good.ioasid", "v1.ioasid", "--to", "iommufd"], /one file at a time/],
      [["good.ioasid", "--into", "iommufd"], /--into/],
      [["missing.ioasid", "--to", "iommufd"], /no file "missing.ioasid"/],
      [["good.ioasid", "--to", "iommufd", "--out", "no/where.ioasid"], /cannot be written/],
    ];
    for (const [args, says] of wrong) {
      const { status, stderr } = call(...args);
      assert.equal(status, 2);
      assert.match(stderr, says);
    }
    assert.match(call("--help").stdout, /ioasid port FILE/);
    assert.match(call("--version").stdout, /^ioasid /);
  });
});

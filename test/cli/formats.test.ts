import assert from "node:assert/strict";
import { join } from "node:path";
import { pageOf, RULES } from "../../engine/language/index.js";
import type { SarifLog } from "../../engine/report/index.js";
import { assertJunit } from "../report/formats/junit-schema.js";
import { parseXml } from "../report/formats/xml.js";
import { folderWith, GOOD, ioasid, remove, WRONG } from "./program.js";

/** A file with one warning: a mapping in KVM that nobody asked for is the example of P013. */
const WARNING = pageOf({ id: "P010" }).example.raises;

describe("the formats for programs", () => {
  let folder: string;
  before(() => {
    folder = folderWith({
      "good.ioasid": GOOD,
      "wrong.ioasid": WRONG,
      "warning.ioasid": WARNING,
      "hosts/wrong.ioasid": WRONG,
    });
  });
  after(() => remove(folder));
  const call = (...args: string[]) => ioasid(args, { cwd: folder });

  for (const command of ["check", "run"]) {
    it(`${command} prints SARIF`, () => {
      const { status, stdout, stderr } = call(command, "good.ioasid", "wrong.ioasid", "--format", "sarif");
      assert.deepEqual([status, stderr], [1, ""]);
      const [run] = (JSON.parse(stdout) as SarifLog).runs;
      assert.deepEqual(run?.invocations, [{ executionSuccessful: true }]);
      assert.deepEqual(
        run?.results.map(({ ruleId, level }) => [ruleId, level]),
        [["U090", "error"]],
      );
      assert.equal(run?.tool.driver.rules.length, RULES.size);
    });

    it(`${command} prints JUnit`, () => {
      const { status, stdout, stderr } = call(command, "good.ioasid", "wrong.ioasid", "--format", "junit");
      assert.deepEqual([status, stderr], [1, ""]);
      const root = parseXml(stdout);
      assertJunit(root);
      assert.deepEqual([root.attributes.tests, root.attributes.failures], ["4", "1"]);
    });

    it(`${command} prints workflow commands, and nothing where all is good`, () => {
      assert.deepEqual(call(command, "good.ioasid", "--format", "github"), {
        status: 0,
        stdout: "",
        stderr: "",
      });
      const { status, stdout } = call(command, "wrong.ioasid", "--format", "github");
      assert.equal(status, 1);
      assert.match(stdout, /^::error file=wrong\.ioasid,line=11,col=23,endColumn=37,title=U090 [^\n]*\n$/);
    });
  }

  it("hold only the scenarios that were asked for", () => {
    const { stdout } = call("run", "good.ioasid", "--scenario", "it reads", "--format", "junit");
    assert.equal(parseXml(stdout).attributes.tests, "2");
  });

  it("say which file could not be read, as standard error does", () => {
    const args = ["check", "gone.ioasid", "good.ioasid", "--format"];
    const says = 'There is no file "gone.ioasid".';
    const sarif = call(...args, "sarif");
    assert.deepEqual([sarif.status, sarif.stderr], [2, `ioasid: ${says}\n`]);
    const [invocation] = (JSON.parse(sarif.stdout) as SarifLog).runs[0]?.invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    assert.equal(invocation?.toolExecutionNotifications?.[0]?.message.text, says);
    assert.equal(parseXml(call(...args, "junit").stdout).attributes.errors, "1");
    assert.equal(call(...args, "github").stdout, `::error file=gone.ioasid::${says}\n`);
  });

  it("offer the fixes of a finding", () => {
    const { stdout } = call("check", "warning.ioasid", "--format", "sarif");
    const [run] = (JSON.parse(stdout) as SarifLog).runs;
    const fixes = run?.results.flatMap((result) => result.fixes ?? []) ?? [];
    assert.ok(fixes.length > 0);
    assert.match(fixes[0]?.artifactChanges[0]?.replacements[0]?.insertedContent.text ?? "", /kvm map/);
  });

  it("name files from the top of the repository, wherever the step runs", () => {
    const { stdout } = ioasid(["check", "wrong.ioasid", "--format", "github"], {
      cwd: join(folder, "hosts"),
      env: { GITHUB_WORKSPACE: folder },
    });
    assert.match(stdout, /^::error file=hosts\/wrong\.ioasid,/);
  });

  it("are told when there is no such format", () => {
    const { status, stderr } = call("check", "good.ioasid", "--format", "xml");
    assert.equal(status, 2);
    assert.match(stderr, /no format "xml"; it is text, json, sarif, junit or github/);
  });
});

describe("--max-warnings", () => {
  let folder: string;
  before(() => {
    folder = folderWith({ "warning.ioasid": WARNING, "good.ioasid": GOOD });
  });
  after(() => remove(folder));
  const call = (...args: string[]) => ioasid(args, { cwd: folder });

  it("lets as many warnings pass as it says", () => {
    assert.equal(call("check", "warning.ioasid").status, 0);
    assert.equal(call("check", "warning.ioasid", "--max-warnings", "1").status, 0);
    assert.equal(call("run", "good.ioasid", "--max-warnings", "0").status, 0);
  });

  it("ends with 1 for one more, over all files, and says so", () => {
    for (const command of ["check", "run"]) {
      const { status, stderr } = call(command, "warning.ioasid", "good.ioasid", "--max-warnings", "0");
      assert.equal(status, 1);
      assert.equal(stderr, "ioasid: There is 1 warning, and --max-warnings allows 0.\n");
    }
  });

  for (const limit of ["-1", "many", "1.5", "", "0x10"]) {
    it(`is not ${JSON.stringify(limit)}`, () => {
      const { status, stderr } = call("check", "good.ioasid", `--max-warnings=${limit}`);
      assert.equal(status, 2);
      assert.match(stderr, /--max-warnings needs a number/);
    });
  }
});

describe("ioasid explain", () => {
  it("prints the page of a rule", () => {
    const { status, stdout, stderr } = ioasid(["explain", "P011"]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^P011: vPASID mapped to another pPASID\n\nSeverity {2,}error\n/);
  });

  it("prints several, in any case of letters", () => {
    const { stdout } = ioasid(["explain", "p001", "U014"]);
    assert.deepEqual(
      stdout.split("\n").filter((line) => /^[A-Z]\d{3}: /.test(line)),
      ["P001: vPASID for a device without PASID", "U014: no such IOASID"],
    );
  });

  it("lists all rules when none is named", () => {
    const { status, stdout, stderr } = ioasid(["explain"]);
    assert.deepEqual([status, stderr], [0, ""]);
    for (const { id, title } of RULES.values()) assert.match(stdout, new RegExp(`^${id}  ${title} `, "m"));
  });

  const wrong: readonly [args: string[], says: RegExp][] = [
    [["P3"], /no rule "P3"; do you mean P003\?/],
    [["EBUSY"], /no rule "EBUSY"; it is a letter and three digits such as P003/],
    [["P003", "--format", "json"], /--format/],
    [["P003", "--scenario", "x"], /--scenario/],
    [["\u001b[2J"], /no rule "\ufffd\[2J"/],
  ];
  for (const [args, says] of wrong) {
    it(`ends with 2 for ${JSON.stringify(args)}`, () => {
      const { status, stdout, stderr } = ioasid(["explain", ...args]);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, says);
    });
  }
});

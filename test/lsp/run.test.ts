import assert from "node:assert/strict";
import {
  CAPABILITIES,
  type CapabilitiesResult,
  EXPLAIN,
  type ExplainResult,
  LIST_RULES,
  LIST_SCENARIOS,
  type ListRulesResult,
  type ListScenariosResult,
  RUN_FILE,
  type RunFileResult,
  type RunProgress,
} from "../../server/protocol/index.js";
import { positionAt, Session } from "./session.js";

const URI = "file:///work/run.ioasid";

const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa
  bind nic
  attach nic -> gpa
  map gpa 0x0 + 1M -> ram
}
$0scenario "reads" {
  dma nic read 0x1000   => ram[0x1000]
}$1
scenario "fails" {
  $2dma nic read 0x1000   => ram[0x2000]$3
}
`;

/** A file whose run takes long enough to be heard of, and to be stopped. */
const LONG = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 { memory ram at 0x4000_0000 + 1G  ioasid gpa  bind nic  attach nic -> gpa  map gpa 0x0 + 1G -> ram }
scenario "first" { dma nic read 0x0 }
scenario "many" {
${"  assert isolated nic, nic pasid 5\n".repeat(30_000)}}
`;

describe("a run that a client asks for", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it("gives what `ioasid run` prints, and each scenario with its failures", async () => {
    const { text, at } = await session.open(URI, TEXT);
    const result = await session.request<RunFileResult>(RUN_FILE, { uri: URI });
    assert.match(result.text, /^Scenario "reads" {2}passed\n/m);
    assert.match(result.text, /\n1 of 2 scenarios failed, 1 of 2 steps not as stated · 1 error\n$/);
    assert.equal(result.isWhole, true);
    assert.deepEqual(result.start, []);
    assert.deepEqual(
      result.scenarios.map(({ title, passed }) => [title, passed]),
      [
        ["reads", true],
        ["fails", false],
      ],
    );
    const [failure] = result.scenarios[1]?.failures ?? [];
    assert.equal(failure?.uri, URI);
    assert.deepEqual(failure?.range, { start: positionAt(text, at(2)), end: positionAt(text, at(3)) });
    assert.equal(failure?.statement, "dma nic read 0x1000");
    assert.equal(failure?.expected, "ram[0x2000]");
    assert.equal(failure?.actual, "ram[0x1000]");
    assert.equal(failure?.reasons.length, 1);
  });

  it("may be one of some scenarios", async () => {
    await session.open(URI, TEXT);
    const result = await session.request<RunFileResult>(RUN_FILE, { uri: URI, scenarios: ["fails"] });
    assert.deepEqual(
      result.scenarios.map(({ title }) => title),
      ["fails"],
    );
  });

  it("tells which statements were used where that is asked for", async () => {
    const { text } = await session.open(URI, TEXT);
    const { coverage } = await session.request<RunFileResult>(RUN_FILE, { uri: URI, coverage: true });
    const used = coverage?.map(({ uri, statements }) => [
      uri,
      statements.map(({ range, count }) => [text.split("\n")[range.start.line]?.trim(), count]),
    ]);
    assert.deepEqual(used, [
      [
        URI,
        [
          ["attach nic -> gpa", 2],
          ["map gpa 0x0 + 1M -> ram", 2],
        ],
      ],
    ]);
    assert.deepEqual(
      coverage?.[0]?.declarations.map(({ name }) => name),
      ["vm0.gpa", "attach nic -> gpa"],
    );
  });

  it("says which statements of the start state failed", async () => {
    await session.open(URI, TEXT.replace("map gpa", "map gpa 0x0 + 4K -> ram  map gpa"));
    const { start } = await session.request<RunFileResult>(RUN_FILE, { uri: URI });
    assert.deepEqual(
      start.map(({ statement, expected, actual }) => [statement, expected, actual]),
      [["map gpa 0x0 + 1M -> ram", "ok", "EEXIST"]],
    );
  });

  it("is refused with a reason for a file that the server does not know", async () => {
    await assert.rejects(
      session.request(RUN_FILE, { uri: "file:///nowhere/x.ioasid" }),
      /file:\/\/\/nowhere\/x\.ioasid is neither open nor in a folder of the workspace/,
    );
  });

  it("tells how far it is, and what has ended, and can be stopped", async () => {
    const uri = "file:///work/long.ioasid";
    await session.open(uri, LONG);
    const stop = session.cancellation();
    const told: RunProgress[] = [];
    const listening = session.onProgress<RunProgress>("run-1", (progress) => {
      told.push(progress);
      stop.cancel();
    });
    const result = await session.connection.sendRequest<RunFileResult>(
      RUN_FILE,
      { uri, progress: "run-1" },
      stop.token,
    );
    listening.dispose();
    const [progress] = told;
    assert.deepEqual(
      progress?.ended.map(({ title, passed }) => [title, passed]),
      [["first", true]],
    );
    assert.equal(progress?.total, 30_005);
    assert.ok(progress.done < progress.total);
    assert.equal(result.isWhole, false);
    await session.close(uri);
  });

  it("has its scenarios listed with their whole statements", async () => {
    const { text, at } = await session.open(URI, TEXT);
    const [file] = await session.request<ListScenariosResult>(LIST_SCENARIOS, { uri: URI });
    assert.equal(file?.uri, URI);
    assert.deepEqual(file?.scenarios[0], {
      title: "reads",
      range: { start: positionAt(text, at(0)), end: positionAt(text, at(1)) },
    });
    assert.deepEqual(await session.request(LIST_SCENARIOS, { uri: "file:///nowhere/x.ioasid" }), []);
  });
});

describe("pages for a client to show", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it("are listed by their titles", async () => {
    const rules = await session.request<ListRulesResult>(LIST_RULES, {});
    assert.deepEqual(rules[2], { code: "P003", title: "vPASID beyond the PASID width", severity: "error" });
  });

  for (const name of ["P003", "P003.md", "rules/P003.md"]) {
    it(`are found as ${name}`, async () => {
      const page = await session.request<ExplainResult>(EXPLAIN, { page: name });
      assert.match(page?.markdown ?? "", /^# P003: vPASID beyond the PASID width\n/);
    });
  }

  it("include every page that one of them links to", async () => {
    for (const name of ["README.md", "errnos.md", "categories.md", "../device-capabilities.md"]) {
      const page = await session.request<ExplainResult>(EXPLAIN, { page: name });
      for (const [, target = ""] of page?.markdown.matchAll(/\]\(([^)#]+)[^)]*\)/g) ?? []) {
        assert.notEqual(await session.request(EXPLAIN, { page: target }), null, `${name} links to ${target}`);
      }
    }
  });

  it("are nothing for any other name", async () => {
    assert.equal(await session.request(EXPLAIN, { page: "P999" }), null);
    assert.equal(await session.request(EXPLAIN, { page: "__proto__" }), null);
  });

  it("say what the devices of a file report to their users", async () => {
    await session.open(URI, TEXT);
    const page = await session.request<CapabilitiesResult>(CAPABILITIES, { uri: URI });
    assert.match(page.markdown, /^# Devices of \/work\/run\.ioasid\n/);
    assert.match(
      page.markdown,
      /\n\| nic \| 3 \| pasid \| 16 bits \| give a vPASID with each further space \|\n/,
    );
  });
});

import assert from "node:assert/strict";
import {
  REPORT,
  type ReadyReport,
  type ReportParams,
  type ReportResult,
  SIMULATED,
  type SimulatedParams,
  STAGES,
  type StagesParams,
  type StagesResult,
} from "../../server/protocol/index.js";
import { Session } from "./session.js";

const URI = "file:///work/report.ioasid";
const TEXT = `
  iommu vtd { pasid-width 20 }
  pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
  guest vm0 { bind nic  ioasid gpa  attach nic -> gpa }
  scenario "attach" { attach nic pasid 9 -> vm0.gpa }
  scenario "dma" { dma nic read 0x1000 => fault }
`;

describe("the report of a file, over the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  const report = (params: ReportParams) => session.request<ReportResult>(REPORT, params);
  async function ready(params: ReportParams): Promise<ReadyReport> {
    const answer = await report(params);
    assert.equal(answer.state, "ready");
    return answer;
  }

  it("is of the document as it stands, with the addresses of its files", async () => {
    await session.open(URI, TEXT);
    const first = await ready({ uri: URI });
    assert.equal(first.version, 1);
    assert.equal(first.summary, "2 scenarios passed, 2 steps as stated");
    assert.equal(first.isGood, true);
    assert.deepEqual(first.scenarios, ["attach", "dma"]);
    const [name, uri] = Object.entries(first.files)[0]!;
    assert.equal(uri, URI);
    assert.ok(first.html.includes(`data-file="${name}"`), first.html.slice(0, 400));
    assert.match(first.markdown, /## Scenario "dma": passed/);
    await session.change(URI, { text: TEXT.replace("=> fault", "=> ok") });
    const second = await ready({ uri: URI });
    assert.equal(second.version, 2);
    assert.equal(second.isGood, false);
  });

  it("can be about one scenario, and about the whole file where none has the title", async () => {
    await session.open(URI, TEXT);
    const one = await ready({ uri: URI, scenario: "attach" });
    assert.equal(one.scenario, "attach");
    assert.match(one.markdown, /\| 9 \| 9 \| nic \| vm0\.gpa \| attach \|/);
    assert.doesNotMatch(one.markdown, /Scenario "dma"/);
    const none = await ready({ uri: URI, scenario: "no such title" });
    assert.equal(none.scenario, null);
    assert.match(none.markdown, /Scenario "dma"/);
  });

  it("has a place for the stages of a walk, which are told on demand", async () => {
    await session.open(URI, TEXT);
    const { html } = await ready({ uri: URI });
    assert.match(html, /<details class="stages" data-scenario="1" data-step="0">/);
    const stages = (params: StagesParams) => session.request<StagesResult>(STAGES, params);
    const found = await stages({ uri: URI, scenario: 1, step: 0 });
    assert.match(found?.html ?? "", /^<ol>\n<li.*nic asks for 0x1000[\s\S]*level 4 entry 0 is not present/);
    assert.equal(await stages({ uri: URI, scenario: 0, step: 0 }), null);
    assert.equal(await stages({ uri: URI, scenario: 7, step: 0 }), null);
    assert.equal(await stages({ uri: URI, step: 99 }), null);
  });

  it("has the stages in it when it is to be kept", async () => {
    await session.open(URI, TEXT);
    const { html } = await ready({ uri: URI, whole: true });
    assert.match(html, /<details class="stages">\n<summary>\d+ stages of the walk<\/summary>/);
    assert.doesNotMatch(html, /data-step/);
  });

  it("says why there is none: nobody knows the file, or it is too large to run", async () => {
    assert.deepEqual(await report({ uri: "file:///work/nowhere.ioasid" }), { state: "unknown" });
    const large = "file:///work/large.ioasid";
    await session.open(large, `// ${"x".repeat(9 * 1024 * 1024)}\n`);
    assert.deepEqual(await report({ uri: large }), { state: "too-large" });
    await session.close(large);
  });
});

describe("the word that a run has ended", () => {
  it("comes with the version of each text that was run to its end", async () => {
    const session = await Session.start();
    const told: SimulatedParams[] = [];
    const both = new Promise<void>((resolve) => {
      session.connection.onNotification(SIMULATED, (params: SimulatedParams) => {
        told.push(params);
        if (params.version === 2) resolve();
      });
    });
    await session.open(URI, TEXT);
    await session.findings(URI);
    await session.request(REPORT, { uri: URI });
    await session.change(URI, { text: "iommu vtd { pasid-width 20 }\n" });
    await both;
    assert.deepEqual(told, [
      { uri: URI, version: 1 },
      { uri: URI, version: 2 },
    ]);
    await session.stop();
  });
});

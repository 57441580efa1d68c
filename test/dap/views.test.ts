import assert from "node:assert/strict";
import {
  DEBUG_RESPOND,
  DEBUG_STATE,
  DEBUG_STATE_PAGE,
  DEBUG_TOPOLOGY,
  DEBUG_TRAVEL,
  type DebugRespondParams,
  type DebugState,
  type DebugStatePageParams,
  type DebugStatePageResult,
  type DebugTopologyParams,
  type DebugTravelParams,
  type InThread,
  type Topology,
} from "../../server/protocol/index.js";
import { Running } from "./running.js";

const TEXT = `iommu vtd { pasid-width 20  nesting hardware  ats  page-requests }
cpu { enqcmd  pasid-translation }
pdev dsa at 6a:01.0 behind vtd { pasid-width 20  ats  page-requests  enqcmd }
mdev wq0 on dsa { category 5  queue shared }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16  ats  page-requests }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  process db { pasid 7 }
  bind wq0  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach wq0 -> gpa  attach nic -> gpa
  ioasid gva on gpa page-table
  attach wq0 pasid 7 -> gva
  attach nic pasid 7 -> gva
}
scenario "first" {
  dma nic read 0x1000 => ram[0x1000]
  dma nic pasid 7 write 0x5000 => page-request
  kvm map vm0 pasid 7 -> vm0.gva
  pte vm0.gva 0x5000 + 4K -> 0x9000 rw
  dma nic pasid 7 read 0x5000 => ram[0x9000]
  pte vm0.gva 0x5000 + 4K -> 0xa000 rw
  unmap vm0.gpa 0x0 + 1G
}
`;

describe("the views of the debug adapter", () => {
  let running: Running;

  beforeEach(async () => {
    running = await Running.start(TEXT);
  });
  afterEach(() => running.stop());

  const thread: InThread = { threadId: 1 };
  const state = () => running.ask<InThread, DebugState>(DEBUG_STATE, thread);
  const travel = (step: number) =>
    running.move(() => running.ask<DebugTravelParams, void>(DEBUG_TRAVEL, { ...thread, step }));
  const history = async () =>
    (await state()).history.items.flatMap(({ step, statement, outcome, when, isStart }) =>
      isStart ? [] : [`${step} ${statement} => ${outcome} (${when})`],
    );

  it("show the machine where the scenario stands", async () => {
    const { pasidTables, guests, owners, streams, requests } = await state();
    assert.deepEqual(
      pasidTables.items.map(({ rid, entries }) => [rid, entries.total]),
      [
        ["6a:01.0", 2],
        ["3b:00.0", 2],
      ],
    );
    assert.equal(guests.items[0]?.mappings.items[0]?.state, "missing");
    const gva = owners.items[0]?.spaces.items[0]?.children.items[0];
    assert.equal(gva?.name, "gva");
    assert.match(gva?.place.uri ?? "", /^file:\/\/\/.*\/test\.ioasid$/);
    assert.equal(gva?.place.range.start.line, 11);
    assert.equal(streams.total, 0);
    assert.equal(requests.total, 0);
  });

  it("show what the IOTLB believes, and mark what the tables no longer give", async () => {
    await running.next();
    const [fresh] = (await state()).streams.items;
    assert.deepEqual(
      [fresh?.rid, fresh?.ppasid, fresh?.space, fresh?.stale],
      ["3b:00.0", undefined, "vm0.gpa", false],
    );
    const { list, total } = fresh?.translations ?? { list: "", total: 0 };
    assert.equal(total, 1);
    const asked: DebugStatePageParams = { ...thread, list, from: 0, count: 10 };
    const { items } = await running.ask<DebugStatePageParams, DebugStatePageResult>(DEBUG_STATE_PAGE, asked);
    const [translation] = items;
    assert.equal(translation?.kind === "translation" && translation.target, "ram[0x0]");
    await travel(15);
    const [, cached] = (await state()).streams.items;
    assert.deepEqual(
      [cached?.ppasid, cached?.space, cached?.cached, cached?.stale],
      [7, "vm0.gva", true, true],
    );
  });

  it("show what waits for a response, and give it as a step that can be taken back", async () => {
    await running.next();
    await running.next();
    const [request] = (await state()).requests.items;
    assert.deepEqual(
      [request?.space, request?.device, request?.pasid, request?.address, request?.access],
      ["vm0.gva", "nic", 7, "0x5000", "w"],
    );
    const { spaceNumber = -1, index = -1 } = request ?? {};
    const answer: DebugRespondParams = { ...thread, spaceNumber, index, success: false };
    const respond = () => running.ask<DebugRespondParams, void>(DEBUG_RESPOND, answer);
    assert.match(await running.move(respond), /^kvm map/);
    assert.equal((await state()).requests.total, 0);
    assert.match((await history())[1] ?? "", /respond vm0\.gva 0x5000 invalid for nic pasid 7 => fault/);
    await assert.rejects(respond(), /waits no more/);
    await running.move(() => running.client.stepBackRequest(thread));
    assert.equal((await state()).requests.total, 1);
  });

  it("show every step so far with its outcome, and travel to one", async () => {
    const { history: first } = await state();
    assert.ok(first.items.every(({ isStart, when }) => isStart !== (when === "here")));
    await running.next();
    await running.next();
    assert.deepEqual(await history(), [
      "11 kvm map vm0 pasid 7 -> vm0.gva => ok (here)",
      "10 dma nic pasid 7 write 0x5000 => page-request wire 7 (before)",
      "9 dma nic read 0x1000 => ram[0x1000] (before)",
    ]);
    assert.match(await travel(9), /^dma nic read 0x1000$/);
    assert.deepEqual(await history(), [
      "11 kvm map vm0 pasid 7 -> vm0.gva => ok (later)",
      "10 dma nic pasid 7 write 0x5000 => page-request wire 7 (later)",
      "9 dma nic read 0x1000 => ram[0x1000] (here)",
    ]);
    assert.match(await travel(11), /^kvm map/);
    assert.equal((await state()).guests.items[0]?.mappings.items[0]?.state, "missing");
    await running.next();
    assert.equal((await state()).guests.items[0]?.mappings.items[0]?.state, "present");
  });

  it("tell what did not come to memory, also after going back", async () => {
    const faults = async () =>
      (await state()).faults.items.map(({ step, outcome, reason }) => `${step} ${outcome}: ${reason}`);
    assert.deepEqual(await faults(), []);
    await running.next();
    await running.next();
    const [first, ...others] = await faults();
    assert.match(first ?? "", /^10 page-request wire 7: Nothing is mapped/);
    assert.deepEqual(others, []);
    const asked: DebugStatePageParams = { ...thread, list: "faults", from: 0, count: 5 };
    const page = await running.ask<DebugStatePageParams, DebugStatePageResult>(DEBUG_STATE_PAGE, asked);
    assert.equal(page.total, 1);
    const { spaceNumber = -1, index = -1 } = (await state()).requests.items[0] ?? {};
    const answer: DebugRespondParams = { ...thread, spaceNumber, index, success: false };
    await running.move(() => running.ask<DebugRespondParams, void>(DEBUG_RESPOND, answer));
    assert.equal((await faults()).length, 2);
    await travel(9);
    assert.deepEqual(await faults(), []);
  });

  it("give a long history in pages", async () => {
    const asked: DebugStatePageParams = { ...thread, list: "history", from: 2, count: 3 };
    const page = await running.ask<DebugStatePageParams, DebugStatePageResult>(DEBUG_STATE_PAGE, asked);
    assert.deepEqual(
      page.items.map((item) => item.kind === "history" && item.step),
      [7, 6, 5],
    );
    assert.equal(page.total, 10);
  });

  it("draw the machine, with the way of the request as far as it has come", async () => {
    const topology = (frameId?: number) =>
      running.ask<DebugTopologyParams, Topology>(DEBUG_TOPOLOGY, { ...thread, frameId });
    const { title, nodes, path } = await topology();
    assert.equal(title, "dma nic read 0x1000");
    assert.equal(nodes.find(({ label }) => label === "vm0.gva")?.place?.range.start.line, 11);
    assert.deepEqual([path?.at, path?.failed, path?.outcome], [0, false, "ram[0x1000]"]);
    const stepIn = () => running.move(() => running.client.stepInRequest(thread));
    for (let stage = 0; stage < 3; stage += 1) await stepIn();
    const inside = (await topology()).path;
    assert.equal(inside?.at, 3);
    assert.equal(inside?.stages[2]?.kind, "context");
    // Up the stack the way ends earlier.
    const frames = await running.frames();
    assert.equal((await topology(frames[1]?.id)).path?.at, 2);
    assert.match(await running.move(() => running.client.stepOutRequest(thread)), /done/);
    const done = (await topology()).path;
    assert.equal(done?.at, done?.stages.length);
    await running.next();
    await running.next();
    assert.equal((await topology()).path, undefined, "a kvm map is no request");
    await travel(99);
    assert.equal((await topology()).title, 'the end of "first"');
  });

  it("say that there is nothing to show of a scenario that is over", async () => {
    const over: InThread = { threadId: 9 };
    await assert.rejects(running.ask(DEBUG_STATE, over), /come to its end/);
    await assert.rejects(running.ask(DEBUG_STATE_PAGE, { ...over, list: "", from: 0, count: 1 }), /its end/);
    await assert.rejects(running.ask(DEBUG_TRAVEL, { ...over, step: 0 }), /its end/);
    await assert.rejects(running.ask(DEBUG_RESPOND, over), /its end/);
    await assert.rejects(running.ask(DEBUG_TOPOLOGY, over), /its end/);
  });
});

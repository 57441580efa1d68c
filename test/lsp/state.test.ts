import assert from "node:assert/strict";
import {
  STATE,
  STATE_PAGE,
  type StatePageResult,
  type StateParams,
  type StateResult,
} from "../../server/protocol/index.js";
import { positionAt, Session } from "./session.js";

const URI = "file:///work/state.ioasid";

describe("the simulated state of a file, over the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  const stateOf = (params: StateParams) => session.request<StateResult>(STATE, params);

  it("has the place of each item in the client's own words", async () => {
    const { text, at } = await session.open(
      URI,
      `
      iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 { bind nic  ioasid gpa  attach nic -> gpa  $1attach nic pasid 9 -> gpa$2 }
      scenario "undone" { detach nic pasid 9 from vm0.gpa }
      `,
    );
    const state = await stateOf({ uri: URI });
    assert.equal(state.state, "ready");
    assert.deepEqual(state.pasidTables.items[0]?.entries.items[1], {
      kind: "pasid-entry",
      ppasid: 9,
      vpasid: 9,
      device: "nic",
      space: "vm0.gpa",
      use: "attach",
      pool: "of the RID",
      place: { uri: URI, range: { start: positionAt(text, at(1)), end: positionAt(text, at(2)) } },
    });
    const undone = await stateOf({ uri: URI, scenario: "undone" });
    assert.equal(undone.state === "ready" && undone.pasidTables.items[0]?.entries.total, 1);
  });

  it("gives the rest of a long list on demand", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => `attach nic pasid ${index + 1} -> gpa`);
    await session.open(
      URI,
      `iommu vtd { pasid-width 20 }
      pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
      guest vm0 { bind nic  ioasid gpa  attach nic -> gpa\n${lines.join("\n")} }`,
    );
    const state = await stateOf({ uri: URI });
    assert.equal(state.state, "ready");
    const page = state.pasidTables.items[0]!.entries;
    const from = page.items.length;
    const rest = await session.request<StatePageResult>(STATE_PAGE, {
      uri: URI,
      list: page.list,
      from,
      count: 1000,
    });
    assert.deepEqual([rest.from, rest.items.length, rest.total], [from, 301 - from, 301]);
  });

  it("is nothing where nobody knows the file", async () => {
    const uri = "file:///work/nowhere.ioasid";
    assert.deepEqual(await stateOf({ uri }), { state: "unknown" });
    const asked = { uri, list: "owners:", from: 0, count: 10 };
    const page = await session.request<StatePageResult>(STATE_PAGE, asked);
    assert.deepEqual([page.items, page.total], [[], 0]);
  });
});

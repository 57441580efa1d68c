import assert from "node:assert/strict";
import { TOPOLOGY, type TopologyParams, type TopologyResult } from "../../server/protocol/index.js";
import { Session } from "./session.js";

const URI = "file:///test.ioasid";

const TEXT = `iommu vtd { pasid-width 20  nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa { map 0x0 + 1G -> ram }
  attach nic -> gpa
}
`;

describe("the topology of a file", () => {
  let session: Session;
  const topologyOf = (uri: string) =>
    session.request<TopologyResult>(TOPOLOGY, { uri } satisfies TopologyParams);

  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it("is its start state, each thing with the statement that made it", async () => {
    session.open(URI, TEXT);
    const topology = await topologyOf(URI);
    assert.ok(topology.state === "ready");
    assert.equal(topology.title, "start state");
    const lines = topology.nodes.map(({ label, place }) => `${label} ${place?.range.start.line}`);
    assert.deepEqual(lines, ["vm0 2", "RID 3b:00.0 1", "nic 1", "vm0.ram 3", "vm0.gpa 5"]);
    assert.equal(topology.path, undefined);
  });

  it("says when a statement of the start state was refused", async () => {
    const other = "file:///refused.ioasid";
    session.open(other, TEXT.replace("attach nic -> gpa", "attach nic pasid 70000 -> gpa"));
    const topology = await topologyOf(other);
    assert.equal(topology.state === "ready" && topology.title, "start state, incomplete");
  });

  it("is none of a file that nobody knows", async () => {
    assert.deepEqual(await topologyOf("file:///other.ioasid"), { state: "unknown" });
  });
});

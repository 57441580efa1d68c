import assert from "node:assert/strict";
import { LARGE_UNITS } from "../../server/lsp/programs.js";
import { PORT, type PortParams, type PortResult } from "../../server/protocol/index.js";
import { Session } from "./session.js";

const URI = "file:///work/port.ioasid";
const TEXT = `uapi v1
pdev nic at 3b:00.0 { category 0 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  bind nic
  ioasid gpa
  attach nic -> gpa
  register ram
  map gpa 0x0 + 1G -> ram
}
`;

describe("a file behind another interface, over the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
    await session.open(URI, TEXT);
  });
  after(() => session.stop());

  const port = (params: PortParams) => session.request<PortResult>(PORT, params);

  it("comes as a text, with what could not be brought along", async () => {
    const ported = await port({ uri: URI, to: "iommufd" });
    assert.ok(ported.state === "ported");
    assert.ok(ported.text.startsWith("uapi iommufd\n"), ported.text);
    assert.match(ported.text, / {2}ioas gpa\n {2}attach nic -> gpa\n {2}\/\/ register ram\n/);
    assert.match(ported.findings, /port\.ioasid:8: There is no counterpart for IOASID_REGISTER_MEMORY/);
  });

  it("is that of the document as it stands", async () => {
    await session.change(URI, { text: TEXT.replace("  register ram\n", "") });
    const ported = await port({ uri: URI, to: "rfc-v2" });
    assert.ok(ported.state === "ported");
    assert.equal(ported.findings, "");
  });

  it("is refused with a sentence where there is none", async () => {
    await session.change(URI, { text: "uapi iommufd\n" });
    const again = await port({ uri: URI, to: "iommufd" });
    assert.ok(again.state === "refused");
    assert.match(again.reason, /written for iommufd already/);
    const large = "file:///work/large.ioasid";
    await session.open(large, `// ${"x".repeat(1000)}\n`.repeat(LARGE_UNITS / 1000));
    const tooLarge = await port({ uri: large, to: "iommufd" });
    assert.ok(tooLarge.state === "refused");
    assert.match(tooLarge.reason, /too large/);
    const unknown = await port({ uri: "file:///work/nowhere.ioasid", to: "iommufd" });
    assert.deepEqual(unknown, {
      state: "refused",
      reason: "The file is neither open nor in a folder of the workspace.",
    });
  });
});

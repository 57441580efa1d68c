import assert from "node:assert/strict";
import type { InlayHint, InlayHintLabelPart, MarkupContent, Range } from "vscode-languageserver-protocol";
import type { Marked } from "../helpers/cursor.js";
import { positionAt, Session } from "./session.js";

const HOST = `iommu vtd { nesting hardware }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
`;

const GUEST = `${HOST}guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa { map 0x0 + 1G -> ram }
  bind nic
  attach nic -> gpa
}
scenario "one" {
  dma nic read 0x1000 => ram[0x1000]$0
}
`;

const MARKDOWN = {
  textDocument: { hover: { contentFormat: ["markdown" as const, "plaintext" as const] } },
  workspace: { inlayHint: { refreshSupport: true }, configuration: true },
};

function textOf({ label }: InlayHint): string {
  return typeof label === "string" ? label : label.map(({ value }) => value).join("");
}

function whole(text: string): Range {
  return { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
}

async function hintsOf(session: Session, uri: string, { text }: Marked): Promise<InlayHint[]> {
  return session.request("textDocument/inlayHint", { textDocument: { uri }, range: whole(text) });
}

/** Waits until the server wants its hints to be asked for again, as it does when it has read the settings. */
async function refreshed({ connection }: Session): Promise<void> {
  return new Promise((resolve) => {
    connection.onRequest("workspace/inlayHint/refresh", () => {
      resolve();
      return null;
    });
  });
}

/** What a hint is once the client asks about it. */
async function resolved(
  session: Session,
  hint: InlayHint | undefined,
): Promise<{ tooltip: MarkupContent; label: InlayHintLabelPart[] }> {
  assert.ok(hint);
  return session.request("inlayHint/resolve", hint);
}

describe("inlay hints over the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      capabilities: MARKDOWN,
      folders: [{ uri: "file:///no-such-folder", name: "work" }],
      options: { rulePage: "https://example.org/{code}" },
    });
  });
  after(() => session.stop());

  it("stand behind the statements of the range that was asked for", async () => {
    const uri = "file:///no-such-folder/range.ioasid";
    const document = await session.open(uri, GUEST);
    const hints = await hintsOf(session, uri, document);
    assert.deepEqual(hints.map(textOf), [
      "host-physical 0x1_0000_0000 + 1G",
      "RID 3b:00.0",
      "reports pasid",
      "no PASID · RID 3b:00.0",
      "0x1_0000_1000",
    ]);
    assert.deepEqual(hints.at(-1)?.position, positionAt(document.text, document.at()));
    const line = { start: { line: 6, character: 0 }, end: { line: 6, character: 99 } };
    const few: InlayHint[] = await session.request("textDocument/inlayHint", {
      textDocument: { uri },
      range: line,
    });
    assert.deepEqual(few.map(textOf), ["no PASID · RID 3b:00.0"]);
  });

  it("tell the stages of the walk, and lead to the statement that decided", async () => {
    const uri = "file:///no-such-folder/walk.ioasid";
    const document = await session.open(uri, GUEST);
    const { tooltip, label } = await resolved(session, (await hintsOf(session, uri, document)).at(-1));
    assert.equal(tooltip.kind, "markdown");
    assert.match(
      tooltip.value,
      /^Host-physical 0x100001000 = vm0\.ram\\\[0x1000\\\], wire 3b:00\.0 no PASID/,
    );
    assert.match(tooltip.value, /\n- \*\*context\*\*: vtd finds the context of 3b:00\.0 \(nic\)/);
    const start = document.text.indexOf("map 0x0");
    const end = start + "map 0x0 + 1G -> ram".length;
    const range = { start: positionAt(document.text, start), end: positionAt(document.text, end) };
    assert.deepEqual(label[0]?.location, { uri, range });
  });

  it("link the rule of a refusal to its page", async () => {
    const uri = "file:///no-such-folder/rule.ioasid";
    const document = await session.open(uri, `${HOST}guest vm0 { ioasid gpa  attach nic -> gpa }`);
    const [hint] = await hintsOf(session, uri, document);
    assert.equal(hint && textOf(hint), "EINVAL · P021");
    const { tooltip } = await resolved(session, hint);
    assert.match(tooltip.value, /^\[P021\]\(https:\/\/example\.org\/P021\): attach before bind/);
  });

  it("of an earlier text are left as they are", async () => {
    const uri = "file:///no-such-folder/old.ioasid";
    const document = await session.open(uri, GUEST);
    const hint = (await hintsOf(session, uri, document)).at(-1);
    await session.change(uri, { text: HOST });
    assert.deepEqual(await resolved(session, hint), hint);
  });

  it("are asked for again when an import has become another", async () => {
    const uri = "file:///no-such-folder/user.ioasid";
    const host = "file:///no-such-folder/host.ioasid";
    await session.open(host, HOST);
    const document = await session.open(uri, GUEST.replace(HOST, 'import "host.ioasid"\n'));
    assert.equal((await hintsOf(session, uri, document)).length, 5);
    const again = refreshed(session);
    await session.change(host, { text: HOST.replace("3b:00.0", "3b:00.7") });
    await again;
    const hints = await hintsOf(session, uri, document);
    assert.ok(hints.map(textOf).includes("RID 3b:00.7"));
  });

  it("go on when the client does not know how to ask again", async () => {
    // The session has no handler for the refresh that the settings cause, although it says that it has one.
    const other = await Session.start({ capabilities: MARKDOWN });
    const uri = "file:///no-such-folder/other.ioasid";
    const document = await other.open(uri, GUEST);
    assert.equal((await hintsOf(other, uri, document)).length, 5);
    await other.stop();
  });

  it("of a document that nobody opened are none", async () => {
    const none = await session.request("textDocument/inlayHint", {
      textDocument: { uri: "file:///no-such-folder/nowhere.ioasid" },
      range: whole(""),
    });
    assert.equal(none, null);
  });
});

describe("inlay hints for a client with settings and without Markdown", () => {
  let session: Session;
  before(async () => {
    session = await Session.start({
      capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport: true } } },
      settings: { inlayHints: { results: true, ppasids: false, kvm: true, backing: false } },
    });
    await refreshed(session);
  });
  after(() => session.stop());

  it("are those that the settings leave, in plain text", async () => {
    const uri = "file:///no-such-folder/plain.ioasid";
    const document = await session.open(uri, GUEST);
    const hints = await hintsOf(session, uri, document);
    assert.deepEqual(hints.map(textOf), ["0x1_0000_1000"]);
    const { tooltip } = await resolved(session, hints[0]);
    assert.equal(tooltip.kind, "plaintext");
    assert.match(tooltip.value, /\n- context: vtd finds/);
  });
});

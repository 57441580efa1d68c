import assert from "node:assert/strict";
import type {
  CompletionItem,
  CompletionList,
  InsertReplaceEdit,
  MarkupContent,
  TextEdit,
} from "vscode-languageserver-protocol";
import { positionAt, Session } from "./session.js";

const HOST = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 3  pasid-width 16 }
guest vm0 {
  memory ram at 0x4000_0000 + 1G
  ioasid gpa { map 0x0 + 1G -> ram }
  bind nic
  attach nic -> gpa
`;

/** What VS Code says of itself. */
const RICH = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        documentationFormat: ["markdown" as const, "plaintext" as const],
        insertReplaceSupport: true,
        labelDetailsSupport: true,
        insertTextModeSupport: { valueSet: [1 as const, 2 as const] },
      },
    },
  },
};

let count = 0;

/** Asks at the `$0` of a text. */
async function completion(
  session: Session,
  source: string,
  context?: object,
): Promise<CompletionList | null> {
  count += 1;
  const uri = `file:///nowhere/completion-${count}.ioasid`;
  const { text, at } = await session.open(uri, source);
  const position = positionAt(text, at());
  return session.request("textDocument/completion", { textDocument: { uri }, position, context });
}

async function itemOf(session: Session, source: string, label: string): Promise<CompletionItem> {
  const list = await completion(session, source);
  const found = list?.items.find((item) => item.label === label);
  assert.ok(found, `"${label}" is offered`);
  return found;
}

describe("completion over the protocol", () => {
  let rich: Session;
  let bare: Session;
  before(async () => {
    rich = await Session.start({
      capabilities: RICH,
      options: { commands: true },
      folders: [{ uri: "file:///nowhere", name: "nowhere" }],
    });
    bare = await Session.start();
  });
  after(async () => {
    await rich.stop();
    await bare.stop();
  });

  it("offers snippets to a client that knows them, and the word alone to another", async () => {
    const source = `${HOST}  det$0\n}\n`;
    const snippet = await itemOf(rich, source, "detach");
    assert.equal(snippet.insertTextFormat, 2);
    assert.match((snippet.textEdit as InsertReplaceEdit).newText, /^detach \$\{1/);
    const plain = await itemOf(bare, source, "detach");
    assert.equal(plain.insertTextFormat, undefined);
    assert.equal((plain.textEdit as TextEdit).newText, "detach ");
  });

  it("inserts or replaces, whatever the client asks for", async () => {
    const edit = (await itemOf(rich, `${HOST}  attach ni$0c -> gpa\n}\n`, "nic"))
      .textEdit as InsertReplaceEdit;
    assert.deepEqual(edit.insert, { start: { line: 7, character: 9 }, end: { line: 7, character: 11 } });
    assert.deepEqual(edit.replace, { start: { line: 7, character: 9 }, end: { line: 7, character: 12 } });
    const plain = (await itemOf(bare, `${HOST}  attach ni$0c -> gpa\n}\n`, "nic")).textEdit as TextEdit;
    assert.deepEqual(plain.range, edit.replace);
  });

  it("tells why, beside each item and in its documentation", async () => {
    const item = await itemOf(rich, `${HOST}  attach $0\n}\n`, "nic");
    assert.deepEqual(item.labelDetails, { description: "category 3 at 3b:00.0" });
    assert.equal(item.documentation, undefined);
    const resolved = await rich.request<CompletionItem>("completionItem/resolve", item);
    const { kind, value } = resolved.documentation as MarkupContent;
    assert.equal(kind, "markdown");
    assert.match(value, /^```ioasid\npdev nic at 3b:00\.0 behind vtd[\s\S]*\*\*Category 3\*\*/);
  });

  it("asks the editor to go on where more has to follow", async () => {
    const item = await itemOf(rich, `${HOST}  attach nic $0\n}\n`, "pasid");
    assert.equal(item.command?.command, "editor.action.triggerSuggest");
    assert.equal((await itemOf(bare, `${HOST}  attach nic $0\n}\n`, "pasid")).command, undefined);
  });

  it("says nothing to a blank behind a statement that is complete, and offers what must follow one", async () => {
    const blank = { triggerKind: 2, triggerCharacter: " " };
    assert.equal(await completion(rich, `${HOST}  attach nic -> gpa $0\n}\n`, blank), null);
    assert.equal(await completion(rich, "// $0\n", blank), null);
    const list = await completion(rich, `${HOST}  attach nic pasid $0\n}\n`, blank);
    assert.equal(list?.items[0]?.label, "1");
  });

  it("offers the files of the workspace to an import", async () => {
    await rich.open("file:///nowhere/platforms/host.ioasid", HOST);
    const item = await itemOf(rich, 'import "$0"\n', "platforms/host.ioasid");
    assert.equal((item.textEdit as InsertReplaceEdit).newText, "platforms/host.ioasid");
  });

  it("is of the text as it stands, however soon after an edit and however large the file", async () => {
    const uri = "file:///nowhere/large.ioasid";
    const pages = Array.from(
      { length: 9_990 },
      (_, page) => `  map gpa 0x${(page + 0x4_0000).toString(16)}000 + 4K -> ram`,
    );
    const spaces = ["  ioasid gva on gpa page-table", "  attach nic pasid 1 -> gva"];
    await bare.open(uri, [HOST.trimEnd(), ...spaces, ...pages, "}"].join("\n"));
    await bare.findings(uri);
    const start = { line: 5_000, character: 0 };
    const statement = "  attach nic pasid ";
    await bare.change(uri, { range: { start, end: start }, text: `${statement}\n` });
    const list = await bare.request<CompletionList | null>("textDocument/completion", {
      textDocument: { uri },
      position: { ...start, character: statement.length },
    });
    const offered = list?.items.map(({ label }) => label) ?? [];
    assert.ok(offered.includes("2") && !offered.includes("1"), offered.join(" "));
  });
});

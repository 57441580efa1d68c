import assert from "node:assert/strict";
import type { TextEdit } from "vscode-languageserver-protocol/node";
import { marked } from "../helpers/cursor.js";
import { positionAt, Session } from "./session.js";

const URI = "file:///work/test.ioasid";
const OPTIONS = { tabSize: 8, insertSpaces: false };

/** The places of edits in a text, with what comes there. */
function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split("\n");
  for (const { range, newText } of edits.toReversed()) {
    const { start, end } = range;
    const before = (lines[start.line] ?? "").slice(0, start.character);
    const after = (lines[end.line] ?? "").slice(end.character);
    lines.splice(start.line, end.line - start.line + 1, before + newText + after);
  }
  return lines.join("\n");
}

describe("formatting, through the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  async function formatted(source: string, method: string, params: object): Promise<string> {
    const { text } = await session.open(URI, source);
    const asked = { textDocument: { uri: URI }, options: OPTIONS, ...params };
    return applied(text, await session.request<TextEdit[]>(`textDocument/${method}`, asked));
  }

  it("lays the document out as the language has it, whatever the options", async () => {
    const found = await formatted("cpu  {enqcmd }\nguest vm0 {\n\tbind  nic }", "formatting", {});
    assert.equal(found, "cpu { enqcmd }\nguest vm0 {\n  bind nic\n}\n");
  });

  it("leaves a document alone in which nothing is certain", async () => {
    assert.equal(await formatted("cpu  { }\n}", "formatting", {}), "cpu  { }\n}");
  });

  it("lays out a range, to whichever end it is told", async () => {
    const range = { start: { line: 1, character: 5 }, end: { line: 1, character: 0 } };
    const found = await formatted("cpu  { }\ncpu  { }\n\ncpu  { }\n", "rangeFormatting", { range });
    assert.equal(found, "cpu  { }\ncpu { }\n\ncpu  { }\n");
  });

  it("lays out what was typed", async () => {
    const typed = (source: string, ch: string) => {
      const { text, at } = marked(source);
      return formatted(text, "onTypeFormatting", { position: positionAt(text, at()), ch });
    };
    assert.equal(await typed("cpu  {enqcmd}$0\n", "}"), "cpu { enqcmd }\n");
    assert.equal(await typed("cpu  {enqcmd}\n$0\n", "\n"), "cpu { enqcmd }\n\n");
    assert.equal(await typed("cpu  {enqcmd;$0\n", ";"), "cpu  {enqcmd;\n");
  });
});

import assert from "node:assert/strict";
import type {
  Diagnostic,
  DocumentSymbol,
  Location,
  Position,
  Range,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { Session } from "./session.js";

const URI = "file:///work/größe.ioasid";

/** Letters of two, three and four bytes stand before names, on their lines. */
const TEXT = `/* ü…😀 */ iommu vtd { pasid-width 20 }
/* ü */ pdev nic at 3b:00.0 behind vtd { category 0 }
/* 😀 */ pdev ssd at 3c:00.0 behind vdt { category 0 }
`;

/** A client counts for itself, as the protocol says it. */
const COUNTING = {
  "utf-16": (text: string) => text.length,
  "utf-8": (text: string) => new TextEncoder().encode(text).length,
} as const;

for (const [encoding, count] of Object.entries(COUNTING)) {
  const positionAt = (text: string, offset: number): Position => {
    const before = text.slice(0, offset).split("\n");
    return { line: before.length - 1, character: count(before.at(-1) ?? "") };
  };
  const rangeAt = (text: string, offset: number, length: number): Range => ({
    start: positionAt(text, offset),
    end: positionAt(text, offset + length),
  });
  const rangeOf = (word: string, from = 0): Range => rangeAt(TEXT, TEXT.indexOf(word, from), word.length);

  describe(`a client that counts in ${encoding}`, () => {
    let session: Session;
    before(async () => {
      session = await Session.start({
        capabilities: {
          general: { positionEncodings: [encoding] },
          textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
        },
      });
      await session.open(URI, TEXT);
    });
    after(() => session.stop());

    const at = (offset: number) => ({ textDocument: { uri: URI }, position: positionAt(TEXT, offset) });

    it("is told so", () => {
      assert.equal(session.result.capabilities.positionEncoding, encoding);
    });

    it("gets findings in their places", async () => {
      const found = await session.findings(URI, (items: readonly Diagnostic[]) => items.length > 0);
      assert.deepEqual(found.find(({ code }) => code === "S040")?.range, rangeOf("vdt"));
    });

    it("goes to definitions and finds references", async () => {
      const use = TEXT.indexOf("vtd", TEXT.indexOf("behind"));
      const definition = await session.request<Location>("textDocument/definition", at(use));
      assert.deepEqual(definition.range, rangeOf("vtd"));
      const asked = { ...at(use + 3), context: { includeDeclaration: true } };
      const references = await session.request<Location[]>("textDocument/references", asked);
      assert.deepEqual(
        references.map(({ range }) => range),
        [rangeOf("vtd"), rangeOf("vtd", use)],
      );
    });

    it("renames", async () => {
      const asked = { ...at(TEXT.indexOf("nic")), newName: "eth" };
      const edit = await session.request<WorkspaceEdit>("textDocument/rename", asked);
      assert.deepEqual(edit.changes?.[URI], [{ range: rangeOf("nic"), newText: "eth" }]);
    });

    it("colours names", async () => {
      const { data } = await session.request<SemanticTokens>("textDocument/semanticTokens/full", at(0));
      const start = rangeOf("vtd").start;
      assert.deepEqual(data.slice(0, 3), [start.line, start.character, 3]);
      const nic = rangeOf("nic").start;
      assert.deepEqual(data.slice(5, 8), [1, nic.character, 3]);
    });

    it("has symbols in their places", async () => {
      const symbols = await session.request<DocumentSymbol[]>("textDocument/documentSymbol", at(0));
      assert.deepEqual(symbols[0]?.selectionRange, rangeOf("vtd"));
    });

    it("edits behind letters of several bytes, more than once in one message", async () => {
      const uri = "file:///work/edited.ioasid";
      const first = "// ü…😀 x\ncpu  { }\n";
      await session.open(uri, first);
      const x = first.indexOf("x");
      const second = first.replace("x", "größer 😀");
      await session.change(
        uri,
        { range: rangeAt(first, x, 1), text: "größer 😀" },
        { range: rangeAt(second, second.indexOf("😀", x), 2), text: "€ } {" },
      );
      const asked = { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } };
      const edits = await session.request<TextEdit[]>("textDocument/formatting", asked);
      assert.deepEqual(edits, [
        { range: { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } }, newText: "" },
      ]);
      const third = second.replace("größer 😀", "größer € } {");
      await session.change(uri, { range: rangeAt(third, third.indexOf("€"), 1), text: "" });
      const rangeAsked = { textDocument: { uri }, positions: [positionAt(third, third.indexOf("größer"))] };
      const [chain] = await session.request<{ range: Range }[]>("textDocument/selectionRange", rangeAsked);
      const last = third.replace("€", "");
      assert.deepEqual(chain?.range, rangeAt(last, 0, last.indexOf("\n")));
    });
  });
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensOptions,
} from "vscode-languageserver-protocol/node";
import { LARGE_UNITS } from "../../server/lsp/programs.js";
import { Session } from "./session.js";

const URI = "file:///work/test.ioasid";
const TEXT = `iommu vtd { pasid-width 20 }
pdev nic at 3b:00.0 behind vtd { category 0 }
native app { ioasid gpa  bind nic  attach nic -> gpa }
`;

describe("semantic tokens, through the protocol", () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  const document = { textDocument: { uri: URI } };

  function legend() {
    return (session.result.capabilities.semanticTokensProvider as SemanticTokensOptions).legend;
  }

  /** Tokens as `line:character length type modifiers`. */
  function shown(data: readonly number[]): string[] {
    const { tokenTypes, tokenModifiers } = legend();
    const found: string[] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [lines = 0, characters = 0, length, type = 0, bits = 0] = data.slice(at, at + 5);
      line += lines;
      character = lines > 0 ? characters : character + characters;
      const modifiers = tokenModifiers.filter((_, index) => (bits & (1 << index)) !== 0);
      found.push([`${line}:${character}`, length, tokenTypes[type], ...modifiers].join(" "));
    }
    return found;
  }

  const LAST_LINE = [
    "2:7 3 namespace declaration",
    "2:20 3 type declaration",
    "2:30 3 struct modification",
    "2:42 3 struct modification",
    "2:49 3 type modification",
  ];

  it("tell what names stand for", async () => {
    await session.open(URI, TEXT);
    const { data } = await session.request<SemanticTokens>("textDocument/semanticTokens/full", document);
    assert.deepEqual(shown(data), [
      "0:6 3 class declaration",
      "1:5 3 struct declaration",
      "1:27 3 class",
      ...LAST_LINE,
    ]);
  });

  it("tell each name once, also of a text that is looked at piece by piece", async () => {
    const uri = "file:///work/large.ioasid";
    const lines = Array.from({ length: 20_000 }, (_, at) => `  attach nic pasid ${at} -> gpa`);
    await session.open(uri, `${TEXT.trimEnd().slice(0, -1)}\n${lines.join("\n")}\n}\n`);
    const asked = { textDocument: { uri } };
    const { data } = await session.request<SemanticTokens>("textDocument/semanticTokens/full", asked);
    const first = shown(data).slice(0, 8);
    const rest = shown(data).slice(8);
    assert.deepEqual(first.slice(3), LAST_LINE);
    assert.deepEqual(
      rest,
      lines.flatMap((line, at) => [
        `${at + 3}:9 3 struct modification`,
        `${at + 3}:${line.indexOf("gpa")} 3 type modification`,
      ]),
    );
    await session.close(uri);
  });

  it("of a file that is too large to be coloured as a whole are those of the ranges that are asked for", async () => {
    const uri = "file:///work/huge.ioasid";
    await session.open(uri, `${TEXT}${`// ${"x".repeat(1000)}\n`.repeat(LARGE_UNITS / 1000)}`);
    const asked = { textDocument: { uri } };
    assert.equal(await session.request("textDocument/semanticTokens/full", asked), null);
    const since = { ...asked, previousResultId: "1" };
    assert.equal(await session.request("textDocument/semanticTokens/full/delta", since), null);
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const { data } = await session.request<SemanticTokens>("textDocument/semanticTokens/range", {
      ...asked,
      range,
    });
    assert.deepEqual(shown(data), LAST_LINE);
    await session.close(uri);
  });

  it("of a range are those in it", async () => {
    await session.open(URI, TEXT);
    const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
    const asked = { ...document, range };
    const { data } = await session.request<SemanticTokens>("textDocument/semanticTokens/range", asked);
    assert.deepEqual(shown(data), LAST_LINE);
  });

  it("come as what differs from the last time", async () => {
    await session.open(URI, TEXT);
    const first = await session.request<SemanticTokens>("textDocument/semanticTokens/full", document);
    const since = (previousResultId: string | undefined) =>
      session.request<SemanticTokensDelta & SemanticTokens>("textDocument/semanticTokens/full/delta", {
        ...document,
        previousResultId,
      });
    const same = await since(first.resultId);
    assert.deepEqual(same.edits, []);
    await session.change(URI, {
      range: { start: { line: 2, character: 12 }, end: { line: 2, character: 12 } },
      text: " ioasid iova ",
    });
    const { edits = [], resultId } = await since(same.resultId);
    const data = [...first.data];
    for (const { start, deleteCount, data: inserted = [] } of edits) {
      data.splice(start, deleteCount, ...inserted);
    }
    assert.ok(edits.length > 0 && (edits[0]?.data?.length ?? 0) < first.data.length);
    const whole = await session.request<SemanticTokens>("textDocument/semanticTokens/full", document);
    assert.deepEqual(shown(data), shown(whole.data));
    assert.equal(shown(data).length, LAST_LINE.length + 4);
    const unknown = await since(`${resultId}0`);
    assert.deepEqual(unknown.data, whole.data);
  });

  it("have a colour in every theme: package.json knows scopes for each type", () => {
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
    const [{ language, scopes }] = contributes.semanticTokenScopes;
    assert.equal(language, "ioasid");
    assert.deepEqual(Object.keys(scopes).sort(), legend().tokenTypes.toSorted());
  });
});

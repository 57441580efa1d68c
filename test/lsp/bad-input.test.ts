import assert from "node:assert/strict";
import type { Position, Range, ServerCapabilities } from "vscode-languageserver-protocol/node";
import { Session } from "./session.js";

const URI = "file:///work/test.ioasid";
const CONFIG = "file:///work/ioasid.config.json";
const CLOSED = "file:///elsewhere/closed.ioasid";
const TEXT = "iommu vtd { pasid-width 20 }\npdev nic at 3b:00.0 behind vtd { category 0 }\n";

/** Where a request asks; each makes its own parameters of it. */
interface Place {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
  readonly range: Range;
}

interface Request {
  readonly method: string;
  readonly capability: keyof ServerCapabilities;
  params(place: Place): object;
}

const at = ({ textDocument, position }: Place): object => ({ textDocument, position });
const inDocument = ({ textDocument }: Place): object => ({ textDocument });
const inRange = ({ textDocument, range }: Place): object => ({ textDocument, range });
const options = { tabSize: 2, insertSpaces: true };

/** Every request about a document, with what announces it. */
const REQUESTS: readonly Request[] = [
  { method: "completion", capability: "completionProvider", params: at },
  { method: "hover", capability: "hoverProvider", params: at },
  { method: "signatureHelp", capability: "signatureHelpProvider", params: at },
  { method: "definition", capability: "definitionProvider", params: at },
  { method: "typeDefinition", capability: "typeDefinitionProvider", params: at },
  {
    method: "references",
    capability: "referencesProvider",
    params: (place) => ({ ...at(place), context: { includeDeclaration: true } }),
  },
  { method: "documentHighlight", capability: "documentHighlightProvider", params: at },
  { method: "prepareRename", capability: "renameProvider", params: at },
  {
    method: "rename",
    capability: "renameProvider",
    params: (place) => ({ ...at(place), newName: "other" }),
  },
  { method: "prepareCallHierarchy", capability: "callHierarchyProvider", params: at },
  { method: "linkedEditingRange", capability: "linkedEditingRangeProvider", params: at },
  { method: "documentSymbol", capability: "documentSymbolProvider", params: inDocument },
  { method: "foldingRange", capability: "foldingRangeProvider", params: inDocument },
  {
    method: "selectionRange",
    capability: "selectionRangeProvider",
    params: ({ textDocument, position }) => ({ textDocument, positions: [position] }),
  },
  { method: "documentLink", capability: "documentLinkProvider", params: inDocument },
  { method: "semanticTokens/full", capability: "semanticTokensProvider", params: inDocument },
  {
    method: "semanticTokens/full/delta",
    capability: "semanticTokensProvider",
    params: (place) => ({ ...inDocument(place), previousResultId: "none" }),
  },
  { method: "semanticTokens/range", capability: "semanticTokensProvider", params: inRange },
  {
    method: "formatting",
    capability: "documentFormattingProvider",
    params: (place) => ({ ...inDocument(place), options }),
  },
  {
    method: "rangeFormatting",
    capability: "documentRangeFormattingProvider",
    params: (place) => ({ ...inRange(place), options }),
  },
  {
    method: "onTypeFormatting",
    capability: "documentOnTypeFormattingProvider",
    params: (place) => ({ ...at(place), ch: "}", options }),
  },
  {
    method: "codeAction",
    capability: "codeActionProvider",
    params: (place) => ({ ...inRange(place), context: { diagnostics: [] } }),
  },
  { method: "codeLens", capability: "codeLensProvider", params: inDocument },
  { method: "inlayHint", capability: "inlayHintProvider", params: inRange },
  { method: "diagnostic", capability: "diagnosticProvider", params: inDocument },
];

const START: Position = { line: 0, character: 0 };
const FAR: Position = { line: 1_000_000, character: 1_000_000 };

/** The same places, and places that no text has. */
const PLACES: readonly { readonly title: string; readonly position: Position; readonly range: Range }[] = [
  { title: "at its start", position: START, range: { start: START, end: START } },
  { title: "past its end", position: FAR, range: { start: FAR, end: FAR } },
  {
    title: "past the end of a line",
    position: { line: 0, character: 1_000_000 },
    range: { start: START, end: { line: 0, character: 1_000_000 } },
  },
  { title: "with a range that ends before it begins", position: START, range: { start: FAR, end: START } },
];

const DOCUMENTS = [
  { title: "an open document", uri: URI },
  { title: "a document that nobody opened", uri: "file:///work/none.ioasid" },
  { title: "ioasid.config.json", uri: CONFIG },
  { title: "a document that was closed", uri: CLOSED },
  { title: "an address of no file", uri: "untitled:Untitled-1" },
  { title: "something that is no address", uri: "no address:" },
  { title: "an empty address", uri: "" },
];

describe("whatever a request asks about, it has an answer", () => {
  let session: Session;
  before(async () => {
    session = await Session.start({ capabilities: { textDocument: { diagnostic: {} } } });
    await session.open(URI, TEXT);
    await session.open(CONFIG, "{}");
    await session.open(CLOSED, TEXT);
    await session.close(CLOSED);
  });
  after(() => session.stop());

  for (const { title, uri } of DOCUMENTS) {
    it(`about ${title}`, async () => {
      for (const { method, capability, params } of REQUESTS) {
        if (!session.result.capabilities[capability]) continue;
        for (const place of PLACES) {
          const asked = params({ textDocument: { uri }, ...place });
          const answer = await session.request(`textDocument/${method}`, asked);
          const isWellFormed = answer === null || typeof answer === "object";
          assert.ok(isWellFormed, `${method} ${place.title} answers ${JSON.stringify(answer)}`);
        }
      }
    });
  }
});

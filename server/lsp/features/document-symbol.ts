import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver";
import { type OutlineEntry, outlineOf } from "../../../engine/services/index.js";
import { answered, programOf } from "../at.js";
import type { Feature } from "../context.js";
import type { TextPlaces } from "../positions.js";
import { SYMBOL_KINDS } from "../symbol-kinds.js";

/** The outline of a document. */
export const documentSymbol: Feature = {
  capabilities: () => ({ documentSymbolProvider: { label: "IOASID" } }),
  register(context) {
    const { textDocument } = context.client.capabilities;
    const isHierarchical = textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false;
    context.connection.onDocumentSymbol(
      answered(null, async (params, token): Promise<DocumentSymbol[] | SymbolInformation[]> => {
        const compiled = await programOf(context, params.textDocument, token);
        const places = compiled.places(compiled.file);
        const entries = outlineOf(compiled, compiled.file);
        if (isHierarchical) return entries.map((entry) => symbolOf(entry, places));
        return flat(entries, places, compiled.uriOf(compiled.file), undefined);
      }),
    );
  },
};

function symbolOf(
  { name, kind, detail, span, nameSpan, children }: OutlineEntry,
  places: TextPlaces,
): DocumentSymbol {
  return {
    name,
    kind: SYMBOL_KINDS[kind],
    detail,
    range: places.range(span),
    selectionRange: places.range(nameSpan),
    children: children.map((child) => symbolOf(child, places)),
  };
}

function flat(
  entries: readonly OutlineEntry[],
  places: TextPlaces,
  uri: string,
  containerName: string | undefined,
): SymbolInformation[] {
  return entries.flatMap(({ name, kind, span, children }) => [
    {
      name,
      kind: SYMBOL_KINDS[kind],
      location: { uri, range: places.range(span) },
      ...(containerName !== undefined && { containerName }),
    },
    ...flat(children, places, uri, name),
  ]);
}

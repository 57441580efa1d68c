import {
  type CancellationToken,
  SemanticTokenModifiers as Modifiers,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  SemanticTokenTypes as Types,
} from "vscode-languageserver";
import type { DefinitionKind } from "../../../engine/language/index.js";
import { type NameToken, nameTokens, type TextRange } from "../../../engine/services/index.js";
import { answered, programOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Context, Feature } from "../context.js";
import { isLarge } from "../programs.js";

/** The standard types of the protocol, which every theme colours; package.json says what they fall back to. */
const TYPES: Record<DefinitionKind, Types> = {
  guest: Types.namespace,
  native: Types.namespace,
  iommu: Types.class,
  pdev: Types.struct,
  mdev: Types.struct,
  group: Types.enum,
  space: Types.type,
  memory: Types.variable,
  process: Types.function,
};

const LEGEND: SemanticTokensLegend = {
  tokenTypes: [...new Set(Object.values(TYPES))],
  tokenModifiers: [Modifiers.declaration, Modifiers.modification],
};

const MODIFIER_BITS: Record<NameToken["role"], number> = { declaration: 1, change: 2, use: 0 };

/** What the names of a document stand for; its words and numbers need no server to be coloured. */
export const semanticTokens: Feature = {
  capabilities: () => ({
    semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true },
  }),
  register(context) {
    const { semanticTokens: tokens } = context.connection.languages;
    /** What each open document had last, so that only what differs has to be sent. */
    const builders = new Map<string, SemanticTokensBuilder>();
    const forgetClosed = (): void => {
      for (const uri of builders.keys()) if (!context.documents.get(uri)) builders.delete(uri);
    };
    tokens.on(
      answered(null, async ({ textDocument }, token) => {
        const compiled = await programOf(context, textDocument, token);
        const coloured = await colouredAll(context, compiled, token);
        forgetClosed();
        if (!coloured) return null;
        const builder = new SemanticTokensBuilder();
        builders.set(compiled.uri, builder);
        fill(builder, coloured);
        return builder.build();
      }),
    );
    tokens.onDelta(
      answered(null, async ({ textDocument, previousResultId }, token) => {
        const compiled = await programOf(context, textDocument, token);
        const coloured = await colouredAll(context, compiled, token);
        if (!coloured) return null;
        const builder = builders.get(compiled.uri) ?? new SemanticTokensBuilder();
        builders.set(compiled.uri, builder);
        builder.previousResult(previousResultId);
        fill(builder, coloured);
        return builder.buildEdits();
      }),
    );
    tokens.onRange(
      answered(null, async ({ textDocument, range }, token) => {
        const compiled = await programOf(context, textDocument, token);
        const builder = new SemanticTokensBuilder();
        fill(builder, [coloured(compiled, compiled.places(compiled.file).offsets(range))]);
        return builder.build();
      }),
    );
  },
};

/** Of each name its line, its character there, its length, type and modifiers: a large file has very many names. */
type Coloured = readonly number[];

/** So much of a text is looked at before messages are heard again. */
const PIECE_UNITS = 128 * 1024;

/**
 * The names of a whole file.
 * @returns `undefined` for a very large one, of which only the pieces that are looked at have colours: an empty
 * list would be all there is to know, and the editor would not ask for pieces any more
 * @throws ResponseError when the request was cancelled
 */
async function colouredAll(
  { programs }: Context,
  compiled: Compiled,
  token: CancellationToken,
): Promise<readonly Coloured[] | undefined> {
  if (isLarge(compiled)) return undefined;
  const { text } = compiled.places(compiled.file);
  const pieces = Array.from({ length: Math.ceil(text.length / PIECE_UNITS) }, (_, at) => at * PIECE_UNITS);
  const all: Coloured[] = [];
  await programs.each(pieces, token, (start) => {
    all.push(coloured(compiled, { start, end: start + PIECE_UNITS - 1 }, start));
  });
  return all;
}

/** The names that touch a piece of a file. @param from so many units belong to the piece before */
function coloured(compiled: Compiled, within: TextRange, from = 0): Coloured {
  const places = compiled.places(compiled.file);
  const found: number[] = [];
  for (const { span, kind, role } of nameTokens(compiled, compiled.file, within)) {
    if (span.start < from) continue;
    const { start, end } = places.range(span);
    const type = LEGEND.tokenTypes.indexOf(TYPES[kind]);
    found.push(start.line, start.character, end.character - start.character, type, MODIFIER_BITS[role]);
  }
  return found;
}

/** In one go, since the builder of a document is one for all requests. */
function fill(builder: SemanticTokensBuilder, pieces: readonly Coloured[]): void {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += 5) {
      builder.push(piece[at]!, piece[at + 1]!, piece[at + 2]!, piece[at + 3]!, piece[at + 4]!);
    }
  }
}

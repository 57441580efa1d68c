import {
  SemanticTokenModifiers as Modifiers,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  SemanticTokenTypes as Types,
} from "vscode-languageserver";
import type { DefinitionKind } from "../../../engine/language/index.js";
import { type NameToken, nameTokens, type TextRange } from "../../../engine/services/index.js";
import { answered, programOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Feature } from "../context.js";
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
        forgetClosed();
        const builder = new SemanticTokensBuilder();
        builders.set(compiled.uri, builder);
        fill(builder, compiled);
        return builder.build();
      }),
    );
    tokens.onDelta(
      answered(null, async ({ textDocument, previousResultId }, token) => {
        const compiled = await programOf(context, textDocument, token);
        const builder = builders.get(compiled.uri) ?? new SemanticTokensBuilder();
        builders.set(compiled.uri, builder);
        builder.previousResult(previousResultId);
        fill(builder, compiled);
        return builder.buildEdits();
      }),
    );
    tokens.onRange(
      answered(null, async ({ textDocument, range }, token) => {
        const compiled = await programOf(context, textDocument, token);
        const builder = new SemanticTokensBuilder();
        fill(builder, compiled, compiled.places(compiled.file).offsets(range));
        return builder.build();
      }),
    );
  },
};

/** In a very large file only the pieces that are looked at have colours. */
function fill(builder: SemanticTokensBuilder, compiled: Compiled, within?: TextRange): void {
  if (!within && isLarge(compiled)) return;
  const places = compiled.places(compiled.file);
  for (const { span, kind, role } of nameTokens(compiled, compiled.file, within)) {
    const { start, end } = places.range(span);
    const type = LEGEND.tokenTypes.indexOf(TYPES[kind]);
    builder.push(start.line, start.character, end.character - start.character, type, MODIFIER_BITS[role]);
  }
}

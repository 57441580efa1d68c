import type { TextEdit as LspEdit } from "vscode-languageserver";
import { formatEdits, type TextEdit } from "../../../engine/language/index.js";
import { LAYOUT_KEYS, type LayoutKey, layoutOfRange, layoutOfTyped } from "../../../engine/services/index.js";
import { answered, programOf } from "../at.js";
import type { Compiled } from "../compile.js";
import type { Feature } from "../context.js";

const [FIRST_KEY, ...MORE_KEYS] = LAYOUT_KEYS;

/**
 * The layout of a document, a range, and what has just been typed. The language fixes its own layout, so the
 * client's options (tab size and the like) mean nothing.
 */
export const formatting: Feature = {
  capabilities: () => ({
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: {
      firstTriggerCharacter: FIRST_KEY,
      moreTriggerCharacter: [...MORE_KEYS],
    },
  }),
  register(context) {
    const { connection } = context;
    connection.onDocumentFormatting(
      answered(null, async ({ textDocument }, token) => {
        const compiled = await programOf(context, textDocument, token);
        return inForm(compiled, formatEdits(compiled.analysis.trees.get(compiled.file)!));
      }),
    );
    connection.onDocumentRangeFormatting(
      answered(null, async ({ textDocument, range }, token) => {
        const compiled = await programOf(context, textDocument, token);
        const { analysis, file } = compiled;
        const within = compiled.places(file).offsets(range);
        return inForm(compiled, layoutOfRange(analysis.trees.get(file)!, within));
      }),
    );
    connection.onDocumentOnTypeFormatting(
      answered(null, async ({ textDocument, position, ch }, token) => {
        const key = LAYOUT_KEYS.find((each): each is LayoutKey => each === ch);
        const compiled = await programOf(context, textDocument, token);
        const { analysis, file } = compiled;
        const offset = compiled.places(file).offset(position);
        return key ? inForm(compiled, layoutOfTyped(analysis.trees.get(file)!, offset, key)) : [];
      }),
    );
  },
};

function inForm(compiled: Compiled, edits: readonly TextEdit[]): LspEdit[] {
  const places = compiled.places(compiled.file);
  return edits.map(({ start, end, text }) => ({ range: places.range({ start, end }), newText: text }));
}

import type { SelectionRange } from "vscode-languageserver";
import { selectionAt } from "../../../engine/services/index.js";
import { answered, programOf } from "../at.js";
import type { Feature } from "../context.js";

/** What a selection grows to. */
export const selectionRange: Feature = {
  capabilities: () => ({ selectionRangeProvider: true }),
  register(context) {
    context.connection.onSelectionRanges(
      answered(null, async (params, token) => {
        const compiled = await programOf(context, params.textDocument, token);
        const tree = compiled.analysis.trees.get(compiled.file);
        const places = compiled.places(compiled.file);
        if (!tree) return null;
        return params.positions.map((position) =>
          chained(selectionAt(tree, places.offset(position)).map((range) => places.range(range))),
        );
      }),
    );
  },
};

/** @param ranges from the innermost to the outermost, at least one */
function chained(ranges: readonly SelectionRange["range"][]): SelectionRange {
  const [outermost, ...inner] = ranges.toReversed();
  let chain: SelectionRange = { range: outermost! };
  for (const range of inner) chain = { range, parent: chain };
  return chain;
}

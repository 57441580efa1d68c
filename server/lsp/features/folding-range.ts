import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver";
import { type Fold, foldsOf } from "../../../engine/services/index.js";
import { answered, programOf } from "../at.js";
import type { Feature } from "../context.js";
import type { TextPlaces } from "../positions.js";

const KINDS: Record<Fold["kind"], FoldingRangeKind | undefined> = {
  block: undefined,
  comment: FoldingRangeKind.Comment,
  region: FoldingRangeKind.Region,
  imports: FoldingRangeKind.Imports,
};

/** What can be folded in a document. */
export const foldingRange: Feature = {
  capabilities: () => ({ foldingRangeProvider: true }),
  register(context) {
    const { lineFoldingOnly = false, rangeLimit } =
      context.client.capabilities.textDocument?.foldingRange ?? {};
    context.connection.onFoldingRanges(
      answered(null, async (params, token) => {
        const compiled = await programOf(context, params.textDocument, token);
        const tree = compiled.analysis.trees.get(compiled.file);
        const places = compiled.places(compiled.file);
        const folds = largest(tree ? foldsOf(tree) : [], rangeLimit);
        return folds.flatMap((fold) => (lineFoldingOnly ? linesOf(fold, places) : rangeOf(fold, places)));
      }),
    );
  },
};

/** As many as a client takes: the largest, in text order. */
function largest(folds: readonly Fold[], limit: number | undefined): readonly Fold[] {
  if (limit === undefined || folds.length <= limit) return folds;
  const bySize = folds.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, limit);
  return bySize.sort((a, b) => a.start - b.start);
}

/** The line of a closing brace stays, so that one sees where the block ends. */
function linesOf({ kind, start, end }: Fold, places: TextPlaces): FoldingRange[] {
  const startLine = places.position(start).line;
  const endLine = places.position(end).line - (kind === "block" ? 1 : 0);
  return endLine > startLine ? [{ startLine, endLine, ...kindOf(kind) }] : [];
}

function rangeOf({ kind, start, end }: Fold, places: TextPlaces): FoldingRange {
  const [from, to] = [places.position(start), places.position(end)];
  return {
    startLine: from.line,
    startCharacter: from.character,
    endLine: to.line,
    endCharacter: to.character,
    ...kindOf(kind),
  };
}

function kindOf(kind: Fold["kind"]): Pick<FoldingRange, "kind"> {
  const known = KINDS[kind];
  return known === undefined ? {} : { kind: known };
}

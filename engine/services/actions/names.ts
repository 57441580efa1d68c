import { type Analysis, qualifiedName, syntax } from "../../language/index.js";
import { type Action, refactoring } from "./action.js";

/** The owner's name put in front of the name at an offset. */
export function qualifyName(analysis: Analysis, file: string, offset: number): readonly Action[] {
  const found = analysis.symbols.at(file, offset);
  const tree = analysis.trees.get(file);
  const node = tree && syntax.nodesAt(tree, offset).findLast(({ kind }) => kind === "name");
  if (!found?.definition.owner || node?.kind !== "name" || node.qualifier) return [];
  const { span, definition } = found;
  // The name of a declaration in an owner's block has its owner around it.
  if (span.start === definition.span.start && span.file === definition.span.file) return [];
  const words = qualifiedName(definition);
  return [
    refactoring("refactor.rewrite", `Write \`${words}\` instead of \`${node.text}\``, {
      ...span,
      text: words,
    }),
  ];
}

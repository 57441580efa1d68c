import type { OwnerDeclaration, OwnerItem, ScenarioDeclaration, SourceFile, Step } from "../syntax/index.js";

/** A statement that runs, with where it stands. */
export interface Placed {
  readonly file: string;
  readonly node: Step;
  /** The owner block or scenario around it; `undefined` on the top level (`allow`). */
  readonly block: OwnerDeclaration | ScenarioDeclaration | undefined;
  /** It stands inside the braces of a space, whose name it leaves out. */
  readonly inBody: boolean;
}

/** The steps of one file in text order. */
export interface Statements {
  readonly all: readonly Placed[];
  readonly byStart: ReadonlyMap<number, Placed>;
}

/** Trees never change, and a file has many findings. */
const known = new WeakMap<SourceFile, Statements>();

export function statementsOf(file: string, tree: SourceFile): Statements {
  const found = known.get(tree);
  if (found) return found;
  const all: Placed[] = [];
  const add = (block: Placed["block"], items: readonly (OwnerItem | Step)[]): void => {
    for (const node of items) {
      if (!isStep(node)) continue;
      all.push({ file, node, block, inBody: false });
      if (!("body" in node)) continue;
      for (const line of node.body?.steps ?? []) {
        if (line.kind !== "misplaced") all.push({ file, node: line, block, inBody: true });
      }
    }
  };
  for (const item of tree.items) {
    if (item.kind === "guest" || item.kind === "native") add(item, item.items);
    else if (item.kind === "scenario") add(item, item.steps);
    else if (item.kind === "allow") add(undefined, [item]);
  }
  const statements = { all, byStart: new Map(all.map((placed) => [placed.node.start, placed])) };
  known.set(tree, statements);
  return statements;
}

function isStep(node: OwnerItem | Step): node is Step {
  return (
    node.kind !== "memory" && node.kind !== "process" && node.kind !== "viommu" && node.kind !== "misplaced"
  );
}

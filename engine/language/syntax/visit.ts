import type { ParsedFile } from "./parsed-file.js";
import type { Token } from "./tokens.js";
import type { Node, SourceFile } from "./tree.js";

/** The nodes directly below a node, in text order. */
export function children(node: Node | SourceFile): Node[] {
  if (node.kind === "file") return [...node.items];
  if (node.kind === "range") return node.second ? [node.first, node.second] : [node.first];
  const found: Node[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Calls `visitor` for every node below `node`, parents first; where it returns false, not for those inside. */
export function visit(node: Node | SourceFile, visitor: (node: Node) => boolean | undefined): void {
  for (const child of children(node)) {
    if (visitor(child) !== false) visit(child, visitor);
  }
}

/** The token or trivia that holds the unit at `offset`; the empty end token at and after the end of the text. */
export function tokenAt(file: SourceFile, offset: number): Token {
  return file.tokens.token(file.tokens.at(offset));
}

/** The nodes that hold an offset, from the outermost to the innermost; a node's end counts as inside. */
export function nodesAt(file: ParsedFile, offset: number): Node[] {
  const path: Node[] = [];
  const index = file.itemBefore(offset + 1);
  let inside: Node | undefined = index < 0 ? undefined : file.item(index);
  if (inside && inside.end < offset) return path;
  while (inside !== undefined) {
    path.push(inside);
    // Where two nodes touch, the one that begins there is the one meant.
    inside = children(inside).findLast((child) => child.start <= offset && offset <= child.end);
  }
  return path;
}

// The ranges and addresses of numbers have no kind, and the token list has none that is a text.
function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

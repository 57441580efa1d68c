import type { Listing, TreeNode } from "../../../client/views/nodes/node.js";

/**
 * A line for each node of a tree, with what it leads to and what its menu knows of it.
 * @param text of the file; the line of a place is the offset in it
 */
export function treeLines(text: string, nodes: readonly (TreeNode | Listing)[], indent: string): string[] {
  return nodes.flatMap((node) => {
    if ("page" in node) return treeLines(text, node.page.items.map(node.make), indent);
    const { label, description, icon, context, place, children = [] } = node;
    const source = place && text.slice(place.range.start.line, place.range.end.line);
    const parts = [
      icon ? `(${icon[0]}) ${label}` : label,
      ...(description === undefined ? [] : [`| ${description}`]),
      ...(context ? [`[${context.trim()}]`] : []),
      ...(source === undefined ? [] : [`<- ${source}`]),
    ];
    return [indent + parts.join(" "), ...treeLines(text, children, `${indent}  `)];
  });
}

import { type At, type Node, nodesAt } from "../syntax/index.js";
import { choice, type Edit, type Fix, safeFix } from "./fix.js";
import { after, lineStart } from "./layout.js";
import type { Site } from "./site.js";

/** A statement or a table whose inside stands in braces. */
interface Block {
  readonly node: Node;
  readonly contents: readonly At[];
}

/**
 * The brace that opens a block, in front of what was read as its inside; with the one that closes it, where
 * that is missing as well.
 * @param block as a message calls it: `guest vm0`
 * @param found what stands where the brace should, as a message calls it
 */
export function openBlockHere(site: Site, block: string, found: string): Fix[] {
  const { file, start, end } = site.span;
  const written = blockAt(site);
  if (!written) return [];
  const { node, contents } = written;
  const source = site.source(file);
  const isHere = found === `\`${site.text(site.span)}\``;
  const first = contents[0];
  if (isHere && first?.start !== start) return beforeBrace(site, first?.start ?? node.end);
  const opening = isHere
    ? { file, start, end: start, text: "{ " }
    : { file, start: end, end, text: first || isClosed(source, written, end) ? " {" : " { }" };
  if (isClosed(source, written, end)) return [safeFix(`Write \`{\` to begin \`${block}\``, opening)];
  if (!first) return [choice(`Write \`{ }\`, since nothing belongs to \`${block}\``, opening)];
  return [safeFix(`Write \`{\` and \`}\` around what belongs to \`${block}\``, opening, closing(site, node))];
}

/** The brace that ends the block of the finding's opening one, where the block was taken to end. */
export function closeBlockHere(site: Site, block: string): Fix[] {
  const written = blockAt(site);
  return written ? [safeFix(`Write \`}\` to end \`${block}\``, closing(site, written.node))] : [];
}

/** The innermost block at the finding. */
function blockAt({ analysis, span }: Site): Block | undefined {
  const tree = analysis.trees.get(span.file);
  const blocks = tree ? nodesAt(tree, span.start).flatMap((node) => blockOf(node) ?? []) : [];
  return blocks.at(-1);
}

function blockOf(node: Node): Block | undefined {
  if ("properties" in node) return { node, contents: node.properties };
  if ("members" in node) return { node, contents: node.members };
  if (node.kind === "guest" || node.kind === "native") return { node, contents: node.items };
  return "steps" in node ? { node, contents: node.steps } : undefined;
}

/** Whether the block has a `}` of its own behind its inside. */
function isClosed(source: string, { node, contents }: Block, from: number): boolean {
  return source[node.end - 1] === "}" && node.end > (contents.at(-1)?.end ?? from);
}

/** `}` behind the block: on the same line, or below it where the block has several. */
function closing(site: Site, { start, end }: Node): Edit {
  const { file } = site.span;
  const source = site.source(file);
  const isOneLine = lineStart(source, start) === lineStart(source, end);
  return { file, ...(isOneLine ? { start: end, end, text: " }" } : after(source, { start, end }, "}")) };
}

/** What stands between a declaration and its brace, and belongs to neither. */
function beforeBrace(site: Site, limit: number): Fix[] {
  const { file, start } = site.span;
  const source = site.source(file).slice(start, limit);
  const words = /^[^{}\n]*[^{}\s]/.exec(source)?.[0];
  if (words === undefined || !source.slice(words.length).trimStart().startsWith("{")) return [];
  return [choice(`Remove \`${words}\``, site.removePart(file, { start, end: start + words.length }))];
}

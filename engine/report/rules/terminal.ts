import { columns } from "../text/columns.js";
import { printable, wrapped } from "../text/printable.js";
import { PLAIN, type Style } from "../text/style.js";
import type { Block } from "./blocks.js";
import { flowed, unmarked } from "./inline.js";

/** Columns of a terminal that the text is made for. */
export const PAGE_WIDTH = 100;

/** The blocks for a terminal: no marks of Markdown, lines of at most `width` columns, code indented. */
export function terminalText(blocks: readonly Block[], style: Style, width = PAGE_WIDTH): string {
  return `${blocks.map((block) => blockLines(block, style, width).join("\n")).join("\n\n")}\n`;
}

/** The blocks as one plain text whose paragraphs are not broken, for readers that wrap lines themselves. */
export function plainText(blocks: readonly Block[]): string {
  return terminalText(blocks, PLAIN, Number.POSITIVE_INFINITY).trimEnd();
}

function blockLines(block: Block, style: Style, width: number): string[] {
  switch (block.kind) {
    case "heading":
      return [style.bold(unmarked(block.text))];
    case "paragraph":
      return flowed(block.text, width, style);
    case "list":
      return block.items.flatMap((item) => hanging("- ", item, 2, width, style));
    case "facts": {
      const label = Math.max(...block.rows.map(([name]) => name.length)) + 2;
      return block.rows.flatMap(([name, text]) =>
        hanging(style.dim(name) + " ".repeat(label - name.length), text, label, width, style),
      );
    }
    case "table": {
      const head = block.heads.map((text) => ({ text: unmarked(text), paint: style.dim }));
      const rows = block.rows.map((row) => row.map((text) => ({ text: unmarked(text) })));
      return columns([head, ...rows], 0);
    }
    case "verbatim":
      return block.text.split("\n").flatMap((line) => wrapped(printable(line), width));
    case "code":
      return block.text
        .trimEnd()
        .split("\n")
        .map((line) => (line === "" ? "" : `  ${line}`));
  }
}

/** A text behind its label; further lines stand under the first. */
function hanging(head: string, text: string, indent: number, width: number, style: Style): string[] {
  const [first = "", ...rest] = flowed(text, width - indent, style);
  return [head + first, ...rest.map((line) => " ".repeat(indent) + line)];
}

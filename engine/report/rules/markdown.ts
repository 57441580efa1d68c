import { plainText } from "../markdown/text.js";
import type { Block } from "./blocks.js";
import { safeMarkdown } from "./inline.js";

/** The blocks as Markdown, as GitHub and editors show it; one empty line between two of them. */
export function markdownText(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join("\n\n")}\n`;
}

/**
 * The same for texts that have words of a file in them: names, titles and comments are shown as they are
 * written, whatever they would mean in Markdown.
 */
export function safeMarkdownText(blocks: readonly Block[]): string {
  return markdownText(blocks.map(safeBlock)).trimEnd();
}

function safeBlock(block: Block): Block {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return { ...block, text: safeMarkdown(block.text) };
    case "list":
      return { ...block, items: block.items.map(safeMarkdown) };
    case "facts":
      return {
        ...block,
        rows: block.rows.map(([label, text]) => [safeMarkdown(label), safeMarkdown(text)] as const),
      };
    case "table":
      return {
        ...block,
        heads: block.heads.map(safeMarkdown),
        rows: block.rows.map((row) => row.map(safeMarkdown)),
      };
    case "verbatim":
    case "code":
      return block;
  }
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${block.text}`;
    case "paragraph":
      return block.text;
    case "list":
      return block.items.map((item) => `- ${item}`).join("\n");
    case "facts":
      return tableText(["", ""], block.rows);
    case "table":
      return tableText(block.heads, block.rows);
    case "verbatim":
      return block.text.split("\n").map(verbatimLine).join("\n");
    case "code":
      return `\`\`\`${block.language}\n${block.text.trimEnd()}\n\`\`\``;
  }
}

function tableText(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [rowText(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(rowText)].join("\n");
}

/** A bar inside a cell would begin the next one, also inside `code`. */
function rowText(cells: readonly string[]): string {
  return `|${cells.map((cell) => ` ${cell.replace(/\\?\|/g, "\\|")} `).join("|")}|`.replace(
    /\| {2}(?=\|)/g,
    "| ",
  );
}

/** A line that would begin a list, a heading or a rule is text; the break at its end stays. */
function verbatimLine(line: string): string {
  const text = plainText(line.trim())
    .replace(/^[-+=]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
  return text === "" ? "" : `${text}  `;
}

import type { Block } from "./blocks.js";

/** The blocks as Markdown, as GitHub and editors show it; one empty line between two of them. */
export function markdownText(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join("\n\n")}\n`;
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
    case "code":
      return `\`\`\`${block.language}\n${block.text.trimEnd()}\n\`\`\``;
  }
}

function tableText(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [rowText(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(rowText)].join("\n");
}

/** A bar inside a cell would begin the next one, also inside `code`. */
function rowText(cells: readonly string[]): string {
  return `|${cells.map((cell) => ` ${cell.replaceAll("|", "\\|")} `).join("|")}|`.replace(
    /\| {2}(?=\|)/g,
    "| ",
  );
}

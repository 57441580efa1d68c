import { plainText } from "../markdown/text.js";
import { cellWidth } from "../text/printable.js";
import type { Style } from "../text/style.js";

/** Some letters of one kind: plain, `code`, or **strong**. */
interface Piece {
  readonly text: string;
  readonly kind: "plain" | "code" | "strong";
}

type Word = readonly Piece[];

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)\s]+\)/g;

/** The text without its marks: what a reader of plain text sees. */
export function unmarked(text: string): string {
  return piecesOf(text)
    .map((piece) => piece.text)
    .join("");
}

/** The text for a reader of Markdown in which our own marks alone are marks: `_x_` is shown as it is written. */
export function safeMarkdown(text: string): string {
  let safe = "";
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    safe += plainText(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return safe + plainText(text.slice(from));
}

/**
 * Lines of at most `width` columns without marks; code is coloured and strong words are bold where the
 * style has such things. A word that is longer keeps its line.
 */
export function flowed(text: string, width: number, style: Style): string[] {
  const lines: Word[][] = [];
  let line: Word[] = [];
  let used = 0;
  for (const word of wordsOf(text)) {
    const length = word.reduce((sum, piece) => sum + cellWidth(piece.text), 0);
    if (line.length > 0 && used + 1 + length > width) {
      lines.push(line);
      line = [];
      used = 0;
    }
    used += length + (line.length > 0 ? 1 : 0);
    line.push(word);
  }
  lines.push(line);
  return lines.map((words) =>
    words.map((word) => word.map((piece) => painted(piece, style)).join("")).join(" "),
  );
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    const [all, code, strong, link] = match;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), kind: "plain" });
    if (code !== undefined) pieces.push({ text: code, kind: "code" });
    // What is linked or strong may itself be marked: **[P003](P003.md)**.
    else if (strong !== undefined) pieces.push({ text: unmarked(strong), kind: "strong" });
    else pieces.push({ text: unmarked(link ?? ""), kind: "plain" });
    from = match.index + all.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), kind: "plain" });
  return pieces;
}

/** Words as they stand between blanks; one may begin as code and end as plain text: "`attach`,". */
function wordsOf(text: string): Word[] {
  const words: Piece[][] = [];
  let isOpen = false;
  for (const piece of piecesOf(text)) {
    piece.text.split(/(\s+)/).forEach((part) => {
      if (part === "") return;
      if (/^\s+$/.test(part)) isOpen = false;
      else if (isOpen) words.at(-1)!.push({ ...piece, text: part });
      else {
        words.push([{ ...piece, text: part }]);
        isOpen = true;
      }
    });
  }
  return words;
}

function painted({ text, kind }: Piece, style: Style): string {
  if (kind === "code") return style.cyan(text);
  return kind === "strong" ? style.bold(text) : text;
}

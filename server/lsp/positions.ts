import type { Position, Range } from "vscode-languageserver";
import { type LineMap, lineMap } from "../../engine/language/index.js";
import type { TextRange } from "../../engine/services/index.js";

/** How a client counts within a line. */
export type Encoding = "utf-16" | "utf-8";

/** The encoding to speak with a client: the first one of its list that the server knows. */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  return offered?.find((each): each is Encoding => each === "utf-16" || each === "utf-8") ?? "utf-16";
}

const BEYOND_ASCII = /[\u0080-\uffff]/;

/** Turns the places of one text from UTF-16 offsets to what a client counts, and back. */
export class TextPlaces {
  private lines: LineMap | undefined;
  private counted: boolean | undefined;

  constructor(
    readonly text: string,
    private readonly encoding: Encoding,
  ) {}

  /** The places of this text with a piece of it replaced; in a large text they are far from made anew. */
  edited({ start, end }: TextRange, inserted: string): TextPlaces {
    const text = this.text.slice(0, start) + inserted + this.text.slice(end);
    const places = new TextPlaces(text, this.encoding);
    places.lines = this.map.edited(text, start, end);
    // Where the only such character is deleted, counting goes on, which is slower and gives the same.
    places.counted = this.isCounted && (this.encoding === "utf-16" || !BEYOND_ASCII.test(inserted));
    return places;
  }

  /** Made when it is first asked for. */
  private get map(): LineMap {
    this.lines ??= lineMap(this.text);
    return this.lines;
  }

  /** UTF-16 units are what the client counts: it says so, or there is no difference in this text. */
  private get isCounted(): boolean {
    this.counted ??= this.encoding === "utf-16" || !BEYOND_ASCII.test(this.text);
    return this.counted;
  }

  get lineCount(): number {
    return this.map.lineCount;
  }

  /** @param offset clamped to the text */
  position(offset: number): Position {
    const place = this.map.position(offset);
    if (this.isCounted) return place;
    const start = this.map.lineStart(place.line);
    return { line: place.line, character: bytesOf(this.text, start, start + place.character) };
  }

  /** @param asked clamped to the text: past the end of a line means the line's end */
  offset(asked: Position): number {
    const position = { line: wholeNumber(asked.line), character: wholeNumber(asked.character) };
    if (this.isCounted) return this.map.offset(position);
    const start = this.map.lineStart(position.line);
    const end = this.map.offset({ line: position.line, character: Number.MAX_SAFE_INTEGER });
    return unitsOf(this.text, start, end, position.character);
  }

  range({ start, end }: TextRange): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  offsets({ start, end }: Range): TextRange {
    const first = this.offset(start);
    return { start: first, end: Math.max(first, this.offset(end)) };
  }
}

/** What a client sends as a number; anything else is 0, so that no place is ever outside of the text. */
function wholeNumber(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : 0;
}

/** UTF-8 bytes of a piece of a text; half a surrogate pair counts as the replacement that a stream would hold. */
function bytesOf(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; ) {
    const [units, size] = sizeAt(text, at);
    at += units;
    bytes += size;
  }
  return bytes;
}

/** Offset of the character that holds the byte `bytes` of a line; never inside a pair. */
function unitsOf(text: string, start: number, end: number, bytes: number): number {
  let at = start;
  for (let left = bytes; at < end; ) {
    const [units, size] = sizeAt(text, at);
    if (left < size) break;
    left -= size;
    at += units;
  }
  return at;
}

/** UTF-16 units and UTF-8 bytes of the character at an offset. */
function sizeAt(text: string, at: number): readonly [number, number] {
  const code = text.codePointAt(at) ?? 0;
  if (code < 0x80) return [1, 1];
  if (code < 0x800) return [1, 2];
  return code < 0x10000 ? [1, 3] : [2, 4];
}

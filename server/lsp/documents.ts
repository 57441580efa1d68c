import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { type Encoding, TextPlaces } from "./positions.js";

/** An open document as the client has it. */
export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly version: number;
  readonly places: TextPlaces;
}

/** The open documents; an edit makes a new value, so that whoever holds an older one is not disturbed. */
export class Documents {
  private readonly open = new Map<string, OpenDocument>();

  constructor(private readonly encoding: Encoding) {}

  get(uri: string): OpenDocument | undefined {
    return this.open.get(uri);
  }

  all(): Iterable<OpenDocument> {
    return this.open.values();
  }

  /** UTF-16 units of all of them together. */
  get units(): number {
    let units = 0;
    for (const { places } of this.open.values()) units += places.text.length;
    return units;
  }

  /** @param key the address as the server spells it, @param uri as the client does */
  opened(key: string, version: number, text: string, uri = key): void {
    this.open.set(key, { uri, version, places: new TextPlaces(text, this.encoding) });
  }

  /** Applies edits in their order, each to the text that the one before left; places past the end mean the end. */
  changed(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const document = this.open.get(uri);
    if (!document) return;
    let { places } = document;
    for (const change of changes) {
      places =
        "range" in change
          ? places.edited(places.offsets(change.range), change.text)
          : new TextPlaces(change.text, this.encoding);
    }
    this.open.set(uri, { uri: document.uri, version, places });
  }

  closed(uri: string): void {
    this.open.delete(uri);
  }
}

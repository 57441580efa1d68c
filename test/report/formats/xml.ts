/** An element of a document, with the text directly in it. */
export interface Parsed {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Parsed[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** What XML 1.0 §2.2 lets into a document at all. */
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Reads a document with one root, as strictly as XML 1.0 has it; throws where it is not well formed. */
export function parseXml(text: string): Parsed {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new Error("no declaration");
  if (!CHARACTERS.test(text)) throw new Error("a character that XML cannot hold");
  const reader = new Reader(text, declaration.length);
  const root = reader.element();
  if (reader.rest().trim() !== "") throw new Error(`text after the root: ${reader.rest().slice(0, 40)}`);
  return root;
}

class Reader {
  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  rest(): string {
    return this.text.slice(this.at);
  }

  element(): Parsed {
    const name = this.take(/<([A-Za-z][\w-]*)/y);
    const attributes: Record<string, string> = {};
    for (;;) {
      const key = this.maybe(/\s+([A-Za-z][\w-]*)=/y);
      if (key === undefined) break;
      if (key in attributes) throw new Error(`the attribute ${key} twice`);
      // A line end or tab inside an attribute would become a blank.
      attributes[key] = plain(this.take(/"([^"<\t\n\r]*)"/y));
    }
    if (this.maybe(/(\/>)/y) !== undefined) return { name, attributes, children: [], text: "" };
    this.take(/(>)/y);
    const children: Parsed[] = [];
    let content = "";
    for (;;) {
      content += plain(this.maybe(/([^<]+)/y) ?? "");
      if (this.maybe(/(<\/)/y) !== undefined) break;
      children.push(this.element());
    }
    if (this.take(/([\w-]+)>/y) !== name) throw new Error(`${name} is not closed`);
    return { name, attributes, children, text: content };
  }

  private take(pattern: RegExp): string {
    const found = this.maybe(pattern);
    if (found === undefined) throw new Error(`${pattern} is missing at: ${this.rest().slice(0, 40)}`);
    return found;
  }

  private maybe(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.at = pattern.lastIndex;
    return match[1];
  }
}

function plain(text: string): string {
  if (/]]>/.test(text)) throw new Error("]]> in text");
  return text.replace(/&([^;]*);?/g, (all, name: string) => {
    if (!all.endsWith(";")) throw new Error(`a bare & in ${text}`);
    const number = /^#(\d+)$/.exec(name)?.[1];
    const found = number ? String.fromCodePoint(Number(number)) : ENTITIES[name];
    if (found === undefined) throw new Error(`no entity ${all}`);
    return found;
  });
}

import { printable } from "../text/printable.js";

/** An attribute that is `undefined` or false is left out; one that is true has no value. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A piece of a page. Texts are escaped when they are written, so no text of a file can become a tag. */
export interface Element {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Content[];
}

export type Content = Element | string | number | undefined;

/** @param children text, elements, and `undefined` for what is left out */
export function h(tag: string, attributes: Attributes, ...children: readonly Content[]): Element {
  return { tag, attributes, children };
}

/** Elements whose children stand on lines of their own, which changes nothing for a reader of the page. */
const BLOCKS: ReadonlySet<string> = new Set([
  "article",
  "details",
  "header",
  "nav",
  "ol",
  "section",
  "table",
  "tbody",
  "thead",
  "ul",
]);

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text with every sign that means something in HTML as an entity, and control characters made visible. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}

/** HTML of a piece of a page. */
export function htmlText(content: Content): string {
  if (content === undefined) return "";
  if (typeof content !== "object") return escaped(String(content));
  const { tag, attributes, children } = content;
  const written = children.filter((child) => child !== undefined).map(htmlText);
  const inner = BLOCKS.has(tag) && written.length > 0 ? `\n${written.join("\n")}\n` : written.join("");
  return `<${tag}${attributesText(attributes)}>${inner}</${tag}>`;
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === undefined || value === false) return "";
      return value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`;
    })
    .join("");
}

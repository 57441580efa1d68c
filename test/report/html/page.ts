import assert from "node:assert/strict";

/** An element of a page that was read back; texts are strings. */
export interface PageElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (PageElement | string)[];
}

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)>|([^<>]+)/gy;
const ATTRIBUTE = /([a-z-]+)(?:="([^"]*)")?/g;
const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;
const SIGNS: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/**
 * Reads a page that is written strictly: every element is closed in its order, attributes are in double
 * quotes, and `<`, `>` and `&` stand nowhere but in tags and entities. @throws where it is not
 */
export function readPage(html: string): PageElement {
  const root = { tag: "", attributes: new Map<string, string>(), children: [] as (PageElement | string)[] };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < html.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(html);
    assert.ok(token, `neither a tag nor a text: ${html.slice(at, at + 80)}`);
    const [, slash, tag = "", attributes = "", text] = token;
    const parent = open.at(-1)!;
    if (text !== undefined) parent.children.push(decoded(text));
    else if (slash === "/")
      assert.equal(open.pop()?.tag, tag, `closed out of order: ${html.slice(at, at + 80)}`);
    else {
      const element = { tag, attributes: attributesOf(attributes), children: [] };
      parent.children.push(element);
      open.push(element);
    }
  }
  assert.equal(open.length, 1, `never closed: ${open.at(-1)?.tag}`);
  return root;
}

function attributesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) => [name, decoded(value)]));
}

function decoded(text: string): string {
  assert.doesNotMatch(text.replace(ENTITY, ""), /&/, `a bare &: ${text}`);
  return text.replace(ENTITY, (entity) => SIGNS[entity]!);
}

/** Every element of a page, in the order of their opening tags. */
export function elementsOf({ children }: PageElement): PageElement[] {
  return children.flatMap((child) => (typeof child === "string" ? [] : [child, ...elementsOf(child)]));
}

/** The elements with a tag, or with a class when it begins with a dot. */
export function select(page: PageElement, what: string): PageElement[] {
  return elementsOf(page).filter(({ tag, attributes }) =>
    what.startsWith(".") ? (attributes.get("class") ?? "").split(" ").includes(what.slice(1)) : tag === what,
  );
}

/** The text of an element, as a reader sees it. */
export function textOf(element: PageElement | string): string {
  if (typeof element === "string") return element;
  return element.children.map(textOf).join("");
}

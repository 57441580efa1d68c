/** Characters that XML 1.0 cannot hold in any form, not even escaped (§2.2). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** An element with its attributes; one that is `undefined` is left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly content?: readonly Element[] | string;
}

/** A document with one root, indented by two blanks; text is never indented, since its blanks count. */
export function xmlText(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, "").join("\n")}\n`;
}

function lines({ name, attributes, content }: Element, indent: string): string[] {
  const list = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attributeValue(String(value))}"`],
  );
  const head = `${indent}<${name}${list.join("")}`;
  if (content === undefined || content.length === 0) return [`${head}/>`];
  if (typeof content === "string") return [`${head}>${characterData(content)}</${name}>`];
  return [`${head}>`, ...content.flatMap((child) => lines(child, `${indent}  `)), `${indent}</${name}>`];
}

/** Line ends and tabs of an attribute are escaped too: a parser would make blanks of them. */
function attributeValue(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character]!);
}

function characterData(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>\r]/g, (character) => ENTITIES[character]!);
}

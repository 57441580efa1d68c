/** A part of a page. Texts may have `code`, **strong words** and [links](to.md) in them, nothing else. */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  /** What stands in one line each: a label and a text. */
  | { readonly kind: "facts"; readonly rows: readonly (readonly [label: string, text: string])[] }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | {
      readonly kind: "table";
      readonly heads: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  /** Words of somebody else, shown as they are written, line by line: nothing in them is a mark. */
  | { readonly kind: "verbatim"; readonly text: string }
  /** Text that keeps its lines: a file of the language, or what the program printed. */
  | { readonly kind: "code"; readonly language: "ioasid" | "json" | "text"; readonly text: string };

export function heading(level: 1 | 2 | 3, text: string): Block {
  return { kind: "heading", level, text };
}

export function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}

/** The paragraphs of a rule's explanation: they are parted by empty lines, and may be broken anywhere. */
export function paragraphs(text: string): Block[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((each) => paragraph(each.replace(/\s+/g, " ").trim()));
}

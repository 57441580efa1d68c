import type { Span } from "../../engine/language/index.js";

/** Draws places into a text: what stands there in `[ ]`, with a word before it where there is one to say. */
export function drawn(
  text: string,
  places: readonly { readonly span: Pick<Span, "start" | "end">; readonly mark?: string }[],
): string {
  let result = "";
  let from = 0;
  const inOrder = [...places].sort((a, b) => a.span.start - b.span.start);
  for (const { span, mark } of inOrder) {
    const { start, end } = span;
    result += `${text.slice(from, start)}[${mark ? `${mark} ` : ""}${text.slice(start, end)}]`;
    from = end;
  }
  return result + text.slice(from);
}

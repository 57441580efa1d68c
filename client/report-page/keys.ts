/** What of a part of the report stays the same when statements above it come and go. */
export function keyOf(node: Node): string {
  if (!(node instanceof Element)) return node.nodeName;
  return `${node.tagName} ${node.id} ${wordsOf(node)}`;
}

function wordsOf(element: Element): string {
  if (element.matches(".steps tr")) return textOf(element, ":scope > td:nth-of-type(2)");
  if (element.matches("tr")) return element.textContent ?? "";
  if (element.matches(".finding")) return textOf(element, ".message");
  return element.matches("details.scenario") ? textOf(element, "h3") : "";
}

function textOf(element: Element, selector: string): string {
  return element.querySelector(selector)?.textContent ?? "";
}

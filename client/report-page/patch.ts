/** Marks a `details` that the reader opened or closed, which stays as it is from then on. */
export const CHOSEN = "data-chosen";

/**
 * Makes an element like another one and keeps every part that is the same already: focus, selection, scroll
 * position and what the reader has opened stay with it.
 */
export function patch(old: Element, wanted: Element): void {
  patchAttributes(old, wanted);
  const before = [...old.childNodes];
  const after = [...wanted.childNodes];
  for (const [index, node] of after.entries()) {
    const known = before[index];
    if (!known) old.append(node);
    else if (known.isEqualNode(node)) continue;
    else if (known instanceof Element && node instanceof Element && known.tagName === node.tagName) {
      if (!isOnDemand(known)) patch(known, node);
      else patchAttributes(known, node);
    } else known.replaceWith(node);
  }
  for (const rest of before.slice(after.length)) rest.remove();
}

/** Its content was fetched and is not in what the server sends of the whole. */
function isOnDemand(element: Element): boolean {
  return element.matches("details.stages[data-step]");
}

/** What the script of the page itself has set stays. */
const OWN = new Set(["tabindex", "hidden", "role", CHOSEN]);

function patchAttributes(old: Element, wanted: Element): void {
  for (const { name } of [...old.attributes]) {
    if (!wanted.hasAttribute(name) && !isKept(old, name)) old.removeAttribute(name);
  }
  for (const { name, value } of [...wanted.attributes]) {
    if (old.getAttribute(name) !== value && !isKept(old, name)) old.setAttribute(name, value);
  }
}

function isKept(element: Element, name: string): boolean {
  return OWN.has(name) || (name === "open" && element.hasAttribute(CHOSEN));
}

import { keyOf } from "./keys.js";

/** Marks a `details` that the reader opened or closed, which stays as it is from then on. */
export const CHOSEN = "data-chosen";

/**
 * Makes an element like another one and keeps every part that is the same already: focus, selection, scroll
 * position and what the reader has opened stay with it. One edit of a file changes one stretch of a list, so what
 * is alike at both ends of it belongs together.
 */
export function patch(old: Element, wanted: Element): void {
  patchAttributes(old, wanted);
  const before = [...old.childNodes];
  const after = [...wanted.childNodes];
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && areAlike(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < most - head && areAlike(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const changed = Math.max(0, most - head - tail);
  for (const [index, node] of after.entries()) {
    const isTail = index >= after.length - tail;
    const known = isTail ? before[index - after.length + before.length] : before[index];
    if (known && (isTail || index < head + changed)) patchNode(known, node);
    else old.insertBefore(node, before[before.length - tail] ?? null);
  }
  for (const rest of before.slice(head + changed, before.length - tail)) rest.remove();
}

function areAlike(old: Node | undefined, wanted: Node | undefined): boolean {
  return old !== undefined && wanted !== undefined && keyOf(old) === keyOf(wanted);
}

function patchNode(old: ChildNode, wanted: ChildNode): void {
  if (old.isEqualNode(wanted)) return;
  const isSameKind = old instanceof Element && wanted instanceof Element && old.tagName === wanted.tagName;
  if (!isSameKind) old.replaceWith(wanted);
  else if (isOnDemand(old)) patchAttributes(old, wanted);
  else patch(old, wanted);
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

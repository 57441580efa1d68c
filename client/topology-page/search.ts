/** Words that all stand in a node, in any order and case. */
function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/**
 * Marks the nodes that have some words, and dims the others.
 * @returns ids of those that have them; none where nothing is asked for
 */
export function search(picture: HTMLElement, text: string): string[] {
  const words = wordsIn(text);
  const found: string[] = [];
  for (const node of picture.querySelectorAll<SVGGElement>(".node")) {
    const spoken = (node.getAttribute("aria-label") ?? "").toLowerCase();
    const isFound = words.length > 0 && words.every((word) => spoken.split("; leads to")[0]?.includes(word));
    node.classList.toggle("found", isFound);
    if (isFound) found.push(node.dataset.id ?? "");
  }
  picture.classList.toggle("searching", words.length > 0);
  return found;
}

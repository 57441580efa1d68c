import type { TopologyPath } from "../../server/protocol/index.js";

/** The stages of a request as a list, the present one marked. @param go shows what a stage is about */
export function showWay(list: HTMLElement, path: TopologyPath | undefined, go: (id: string) => void): void {
  const stages = path?.stages ?? [];
  const items = stages.map(({ kind, text, nodes }, index) => {
    const item = document.createElement("li");
    const isHere = index === (path?.at ?? 0) - 1;
    item.className = isHere ? "here" : index < (path?.at ?? 0) ? "passed" : "coming";
    if (isHere) item.setAttribute("aria-current", "step");
    const name = document.createElement("span");
    name.className = "kind";
    name.textContent = kind;
    item.append(name, ` ${text}`);
    const about = nodes.at(-1);
    if (about !== undefined) item.addEventListener("click", () => go(about));
    return item;
  });
  list.replaceChildren(...items);
  list.hidden = items.length === 0;
  const here = list.querySelector<HTMLElement>(".here");
  if (here) list.scrollTop = here.offsetTop - list.clientHeight / 2;
}

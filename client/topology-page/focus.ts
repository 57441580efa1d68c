import type { Viewport } from "./viewport.js";

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The keys of a picture: arrows go from node to node, Enter opens the source of one. */
export class NodeFocus {
  private id: string | undefined;

  /** @param open shows the source of a node */
  constructor(
    private readonly picture: HTMLElement,
    private readonly viewport: Viewport,
    open: (id: string) => void,
  ) {
    picture.addEventListener("keydown", (event) => this.keyDown(event, open));
    picture.addEventListener("focusin", ({ target }) => this.focused(target));
    picture.addEventListener("click", ({ target }) => {
      const node = nodeAt(target);
      if (!node) return;
      node.focus({ preventScroll: true });
      open(node.dataset.id ?? "");
    });
  }

  /** There is another picture: the node that had the focus keeps it, where it is still there. */
  renew(hadFocus: boolean): void {
    const node = this.find(this.id) ?? this.nodes()[0];
    node?.setAttribute("tabindex", "0");
    if (hadFocus) node?.focus({ preventScroll: true });
  }

  /** Brings a node into sight, and gives it the focus. */
  go(id: string): void {
    const node = this.find(id);
    if (!node) return;
    node.focus({ preventScroll: true });
    this.viewport.reveal(node);
  }

  private keyDown(event: KeyboardEvent, open: (id: string) => void): void {
    const node = nodeAt(event.target);
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const nodes = this.nodes();
    const direction = DIRECTIONS[event.key];
    const next =
      event.key === "Home"
        ? nodes[0]
        : event.key === "End"
          ? nodes.at(-1)
          : direction && nearest(node, nodes, direction);
    if (event.key === "Enter" || event.key === " ") open(node.dataset.id ?? "");
    else if (next) this.go(next.dataset.id ?? "");
    else if (!direction) return;
    event.preventDefault();
  }

  private focused(target: EventTarget | null): void {
    const node = nodeAt(target);
    if (!node) return;
    this.find(this.id)?.setAttribute("tabindex", "-1");
    this.id = node.dataset.id;
    node.setAttribute("tabindex", "0");
    this.viewport.reveal(node);
  }

  private find(id: string | undefined): SVGGElement | undefined {
    return id === undefined ? undefined : this.nodes().find(({ dataset }) => dataset.id === id);
  }

  private nodes(): SVGGElement[] {
    return [...this.picture.querySelectorAll<SVGGElement>(".node")];
  }
}

function nodeAt(target: EventTarget | null): SVGGElement | undefined {
  return target instanceof Element ? (target.closest<SVGGElement>(".node") ?? undefined) : undefined;
}

/** The node that is nearest in a direction; what lies aside counts as further away. */
function nearest(
  from: SVGGElement,
  nodes: readonly SVGGElement[],
  [x, y]: readonly [number, number],
): SVGGElement | undefined {
  const middle = (node: SVGGElement) => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const start = middle(from);
  let found: SVGGElement | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    if (node === from) continue;
    const to = middle(node);
    const along = (to.x - start.x) * x + (to.y - start.y) * y;
    const aside = Math.abs((to.x - start.x) * y) + Math.abs((to.y - start.y) * x);
    const distance = along + 2.5 * aside;
    if (along > 1 && distance < least) [found, least] = [node, distance];
  }
  return found;
}

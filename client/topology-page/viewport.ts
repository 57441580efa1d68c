import { scaleIn } from "./direction.js";
import type { Size } from "./sizes.js";

/** Factors between which a picture can be zoomed. */
const SMALLEST = 0.05;
const LARGEST = 4;

/** Pixels around something that is brought into sight. */
const ROOM = 40;

/** The part of a picture that is in sight: it can be dragged, and zoomed with the wheel. */
export class Viewport {
  private x = 0;
  private y = 0;
  private scale = 1;
  private width = 0;
  private height = 0;
  /** Least scale of the last fit, for as long as nobody has moved the picture since. */
  private fitted: number | undefined;

  /** @param element in which the picture stands, as `svg .scene` */
  constructor(private readonly element: HTMLElement) {
    this.listenToWheel();
    this.listenToDrag();
    new ResizeObserver(() => {
      if (this.fitted !== undefined) this.fit(this.fitted);
    }).observe(element);
  }

  /** There is another picture. @param width its size in pixels, not zoomed */
  renew(width: number, height: number): void {
    [this.width, this.height] = [width, height];
    this.apply();
  }

  /** How much room there is. */
  get room(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  /** Shows all of it, no larger than it is. @param least scale below which only a part is shown */
  fit(least = SMALLEST): void {
    const { clientWidth, clientHeight } = this.element;
    this.fitted = least;
    this.scale = Math.max(least, scaleIn(this.room, { width: this.width, height: this.height }));
    this.x = Math.max(0, (clientWidth - this.width * this.scale) / 2);
    this.y = Math.max(0, (clientHeight - this.height * this.scale) / 2);
    this.apply();
  }

  /** Zooms around a point of the element, by default its middle. */
  zoom(factor: number, x = this.element.clientWidth / 2, y = this.element.clientHeight / 2): void {
    this.fitted = undefined;
    const scale = Math.min(LARGEST, Math.max(SMALLEST, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.apply();
  }

  pan(x: number, y: number): void {
    this.fitted = undefined;
    this.move(x, y);
  }

  /** Moves as little as is needed to see something. */
  reveal(node: Element): void {
    const outer = this.element.getBoundingClientRect();
    const inner = node.getBoundingClientRect();
    this.move(
      shift(inner.left, inner.right, outer.left, outer.right),
      shift(inner.top, inner.bottom, outer.top, outer.bottom),
    );
  }

  private move(x: number, y: number): void {
    this.x += x;
    this.y += y;
    this.apply();
  }

  private apply(): void {
    const svg = this.element.querySelector("svg");
    svg?.setAttribute("width", "100%");
    svg?.setAttribute("height", "100%");
    svg?.removeAttribute("viewBox");
    const scene = svg?.querySelector(".scene");
    scene?.setAttribute("transform", `translate(${this.x} ${this.y}) scale(${this.scale})`);
  }

  private listenToWheel(): void {
    this.element.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { left, top } = this.element.getBoundingClientRect();
        if (event.shiftKey) this.pan(-event.deltaY, 0);
        else this.zoom(1.0015 ** -event.deltaY, event.clientX - left, event.clientY - top);
      },
      { passive: false },
    );
  }

  private listenToDrag(): void {
    let from: { x: number; y: number } | undefined;
    this.element.addEventListener("pointerdown", ({ button, clientX, clientY }) => {
      if (button === 0) from = { x: clientX, y: clientY };
    });
    this.element.addEventListener("pointermove", ({ clientX, clientY, pointerId }) => {
      if (!from) return;
      // A click moves a little too; only what is really dragged keeps the pointer.
      const isDrag = this.element.hasPointerCapture(pointerId);
      if (!isDrag && Math.hypot(clientX - from.x, clientY - from.y) < 4) return;
      if (!isDrag) this.element.setPointerCapture(pointerId);
      this.pan(clientX - from.x, clientY - from.y);
      from = { x: clientX, y: clientY };
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.element.addEventListener(end, () => {
        from = undefined;
      });
    }
  }
}

/** How far something has to move along one axis to be in sight. */
function shift(first: number, last: number, start: number, end: number): number {
  if (first < start + ROOM) return start + ROOM - first;
  return last > end - ROOM ? Math.max(end - ROOM - last, start + ROOM - first) : 0;
}

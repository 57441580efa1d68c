import type { PictureForm } from "./messages.js";

/** What of the style of a drawn element a picture keeps, which then needs no style sheet. */
const KEPT = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
] as const;

/** Pixels along a side of a PNG at most, which is what engines can draw. */
const MOST_PIXELS = 8192;

/** The whole picture as the text of an SVG file, in the colours in which it is seen. @param width its own size */
export function svgFile(picture: HTMLElement, width: number, height: number): string {
  const shown = picture.querySelector("svg");
  if (!shown) throw new Error("There is no picture yet.");
  const copy = shown.cloneNode(true) as SVGSVGElement;
  const elements = copy.querySelectorAll<SVGElement>("path, rect, circle, text, g.node, g.edge");
  for (const [index, element] of [
    ...shown.querySelectorAll("path, rect, circle, text, g.node, g.edge"),
  ].entries()) {
    const style = getComputedStyle(element);
    for (const name of KEPT) elements[index]?.setAttribute(name, style.getPropertyValue(name));
  }
  for (const element of copy.querySelectorAll("[tabindex]")) element.removeAttribute("tabindex");
  copy.querySelector(".scene")?.removeAttribute("transform");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** The picture as a file. @returns text of an SVG, or a PNG in base64 */
export async function pictureFile(
  picture: HTMLElement,
  form: PictureForm,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<string> {
  const svg = svgFile(picture, width, height);
  if (form === "svg") return svg;
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const scale = Math.min(2, MOST_PIXELS / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
  } finally {
    URL.revokeObjectURL(address);
  }
}

import type { TopologyMark } from "../../server/protocol/index.js";
import type { Placed, PlacedEdge, PlacedNode, Point } from "./layout.js";
import { edgeKey, type Lights } from "./light.js";
import { fitting } from "./sizes.js";
import { spokenNode } from "./words.js";

/** Room around a picture, for its lines and marks. */
export const MARGIN = 16;

/** Letters of the marks: what they say must not hang on a colour. */
const SIGNS: Readonly<Record<TopologyMark["kind"], string>> = {
  conflict: "!",
  missing: "?",
  stale: "~",
  waiting: "…",
};

/** Draws a picture as SVG; colours come from classes. */
export function draw(placed: Placed, lights: Lights): string {
  const [width, height] = [placed.width + 2 * MARGIN, placed.height + 2 * MARGIN].map(Math.ceil);
  const targets = targetsOf(placed);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>${["plain", "passed", "coming"].map(marker).join("")}</defs>
<g class="scene"><g transform="translate(${MARGIN} ${MARGIN})">
<g class="edges" aria-hidden="true">${placed.edges.map((each) => drawnEdge(each, lights)).join("\n")}</g>
<g class="nodes">${placed.nodes.map((each) => drawnNode(each, lights, targets)).join("\n")}</g>
</g></g></svg>`;
}

function marker(name: string): string {
  return `<marker id="arrow-${name}" class="arrow ${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>`;
}

function targetsOf({ nodes, edges }: Placed): ReadonlyMap<string, readonly string[]> {
  const labels = new Map(nodes.map(({ node }) => [node.id, node.label]));
  const found = new Map<string, string[]>();
  for (const { edge } of edges) {
    found.set(edge.from, [...(found.get(edge.from) ?? []), labels.get(edge.to) ?? ""]);
  }
  return found;
}

function drawnEdge({ edge, points }: PlacedEdge, lights: Lights): string {
  const { from, to, label, isStray } = edge;
  const light = lights.edges.get(edgeKey(from, to));
  const classes = ["edge", ...(light ? [light] : []), ...(isStray ? ["stray"] : [])].join(" ");
  const line = `<path d="${curve(points)}" marker-end="url(#arrow-${light ?? "plain"})"/>`;
  const middle = points[Math.floor(points.length / 2)];
  const text =
    label === "" || !middle
      ? ""
      : `<text x="${round(middle.x)}" y="${round(middle.y - 4)}">${escaped(label)}</text>`;
  return `<g class="${classes}">${line}${text}</g>`;
}

/** A line through points without corners: each piece ends halfway to the next point. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  const pieces = rest.map((point, index) => {
    const next = rest[index + 1];
    if (!next) return `L${at(point)}`;
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return `M${at(first)}${pieces.join("")}`;
}

function drawnNode(
  { node, x, y, width, height }: PlacedNode,
  lights: Lights,
  targets: ReadonlyMap<string, readonly string[]>,
): string {
  const { id, kind, label, detail, marks, place } = node;
  const light = lights.nodes.get(id);
  const [worst] = marks;
  const classes = ["node", kind, ...(light ? [light] : []), ...(worst ? [`marked ${worst.kind}`] : [])];
  const spoken = spokenNode(node, light, targets.get(id) ?? []);
  const title = [`${label}${detail === "" ? "" : `: ${detail}`}`, ...marks.map(({ text }) => text)].join(
    "\n",
  );
  const middle = width / 2;
  const lines = [
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="${kind === "memory" || kind === "space" ? 2 : 8}"/>`,
    `<text class="label" x="${middle}" y="${detail === "" ? 20 : 18}">${escaped(fitting(label, width, "label"))}</text>`,
    detail === ""
      ? ""
      : `<text class="detail" x="${middle}" y="34">${escaped(fitting(detail, width, "detail"))}</text>`,
    ...(worst
      ? [
          `<circle class="sign" cx="${width}" cy="0" r="8"/><text class="sign" x="${width}" y="4">${SIGNS[worst.kind]}</text>`,
        ]
      : []),
  ];
  const at = `translate(${round(x - width / 2)} ${round(y - height / 2)})`;
  const role = place ? "link" : "img";
  return `<g class="${classes.join(" ")}" data-id="${escaped(id)}" role="${role}" tabindex="-1" aria-label="${escaped(spoken)}" transform="${at}">${lines.join("")}</g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

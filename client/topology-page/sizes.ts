import type { TopologyNode } from "../../server/protocol/index.js";

/** Pixels that a character of a label, and of a detail, takes at most; a picture is not measured before it is drawn. */
const LABEL_CHARACTER = 7.6;
const DETAIL_CHARACTER = 6;
const PADDING = 20;
const NARROWEST = 92;
const WIDEST = 250;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large the box of a node is. */
export function sizeOf({ label, detail }: Pick<TopologyNode, "label" | "detail">): Size {
  const wide = Math.max(label.length * LABEL_CHARACTER, detail.length * DETAIL_CHARACTER) + PADDING;
  return {
    width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, wide))),
    height: detail === "" ? 30 : 44,
  };
}

/** As much of a text as its box has room for. */
export function fitting(text: string, width: number, form: "label" | "detail"): string {
  const character = form === "label" ? LABEL_CHARACTER : DETAIL_CHARACTER;
  const most = Math.round((width - PADDING) / character);
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

import type { Topology } from "../../server/protocol/index.js";
import type { Direction, Layouts, Placed, Size } from "./layout.js";

/** Things of a picture that is laid out in both directions to see which suits its room. */
const TRIED = 150;

/** How much of its size a picture has when all of it is to be seen; 1 at most. */
export function scaleIn(room: Size, { width, height }: Size): number {
  return Math.min(1, room.width / Math.max(1, width), room.height / Math.max(1, height));
}

/**
 * The direction in which a picture is larger in its room.
 * @param pause as `Layouts.place` has it
 */
export async function bestDirection(
  layouts: Layouts,
  { nodes, edges }: Topology,
  room: Size,
  pause: () => Promise<void>,
): Promise<Direction> {
  if (nodes.length > TRIED) return "right";
  const place = (direction: Direction): Promise<Placed> => layouts.place(nodes, edges, direction, pause);
  const [right, down] = [await place("right"), await place("down")];
  return scaleIn(room, down) > scaleIn(room, right) * 1.15 ? "down" : "right";
}
